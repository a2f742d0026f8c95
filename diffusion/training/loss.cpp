#include "diffusion/training/loss.h"

#include "diffusion/sampling/noise_schedule.h"

namespace diffusion::training {

torch::Tensor training_alphas() {
    const auto schedule = sampling::NoiseSchedule::scaled_linear();
    const auto alphas = schedule.alphas_cumprod();
    return torch::tensor(std::vector<double>(alphas.begin(), alphas.end())).to(torch::kFloat32);
}

torch::Tensor draw_timesteps(int64_t count, double power, const at::Generator& generator) {
    const auto even = torch::randint(1000, {count}, generator, torch::kInt64);
    return power == 1 ? even : (1000 * (even / 1000.0).pow(power)).to(torch::kInt64);
}

NoisyBatch add_noise(const torch::Tensor& latents, const torch::Tensor& noise,
                     const torch::Tensor& timesteps, const torch::Tensor& alphas, double snr_limit) {
    TORCH_CHECK(latents.sizes() == noise.sizes() && timesteps.size(0) == latents.size(0),
                "add_noise: latents ", latents.sizes(), ", noise ", noise.sizes(), ", timesteps ",
                timesteps.sizes());
    const auto alpha = alphas.index_select(0, timesteps);
    const auto signal = alpha.sqrt().view({-1, 1, 1, 1});
    const auto sigma = (1 - alpha).sqrt().view({-1, 1, 1, 1});
    const auto snr_plus_one = 1 / (1 - alpha);
    NoisyBatch batch;
    batch.noisy = signal * latents + sigma * noise;
    batch.target = signal * noise - sigma * latents;
    batch.weight = snr_plus_one.clamp_max(snr_limit) / snr_plus_one;
    return batch;
}

NoisyBatch noised(const torch::Tensor& latents, const torch::Tensor& noise,
                  const torch::Tensor& timesteps, const torch::Tensor& alphas, bool predicts_v,
                  double snr_limit) {
    const auto alpha = alphas.index_select(0, timesteps);
    const auto signal = alpha.sqrt().view({-1, 1, 1, 1});
    const auto sigma = (1 - alpha).sqrt().view({-1, 1, 1, 1});
    NoisyBatch batch;
    batch.noisy = signal * latents + sigma * noise;
    batch.target = predicts_v ? signal * noise - sigma * latents : noise;
    const auto snr = alpha / (1 - alpha);
    batch.weight = snr_limit > 0 ? snr.clamp_max(snr_limit) / (predicts_v ? snr + 1 : snr)
                                 : torch::ones_like(snr);
    return batch;
}

torch::Tensor weighted_loss(const torch::Tensor& prediction, const NoisyBatch& batch) {
    const auto errors = (prediction - batch.target).square().flatten(1).mean(1);
    return (errors * batch.weight).mean();
}

}  // namespace diffusion::training
