#include "diffusion/training/sample_pictures.h"

#include <torch/utils.h>
#include <ATen/CPUGeneratorImpl.h>

#include "diffusion/sampling/sampler.h"
#include "diffusion/sampling/schedule.h"
#include "diffusion/training/pictures.h"

namespace diffusion::training {

namespace {

constexpr int step_count = 24;
constexpr double guidance_scale = 4.0;

torch::Tensor starting_noise(int64_t count, const vae::PatchConfig& config, double sigma) {
    const auto side = config.sample_size / config.factor;
    std::vector<torch::Tensor> rows;
    for (int64_t i = 0; i < count; ++i) {
        auto generator = at::make_generator<at::CPUGeneratorImpl>(static_cast<std::uint64_t>(i));
        rows.push_back(torch::randn({config.latent_channels, side, side}, generator));
    }
    return torch::stack(rows) * sigma;
}

}  // namespace

std::vector<Image> sample_pictures(Sampled networks, PromptIds& ids, const std::vector<std::string>& prompts,
                                   torch::Device device) {
    torch::NoGradGuard no_grad;
    const auto count = static_cast<int64_t>(prompts.size());
    auto texts = prompts;
    texts.resize(prompts.size() * 2);
    const auto context = networks.text_encoder->forward(ids(texts).to(device)).last;
    const auto predict = [&](const torch::Tensor& x, const torch::Tensor& timestep) {
        const auto both =
            networks.unet->forward(torch::cat({x, x}), torch::cat({timestep, timestep}), {context, {}, {}});
        const auto halves = both.chunk(2);
        return sampling::Predictions{halves[0], halves[1]};
    };
    const auto schedule = sampling::NoiseSchedule::scaled_linear();
    sampling::DenoiserOptions options;
    options.prediction = sampling::PredictionType::v;
    options.guidance_scale = guidance_scale;
    const sampling::Denoiser denoiser(predict, schedule, options);
    const auto sigmas = sampling::make_schedule("Karras", step_count, schedule);
    const auto noise = starting_noise(count, networks.autoencoder->config(), sigmas.front()).to(device);
    const auto latent = sampling::find_sampler("DPM++ 2M").run(denoiser, noise, sigmas, {});
    std::vector<Image> pictures;
    for (const auto& pixels : networks.autoencoder->decode(latent).unbind()) {
        pictures.push_back(to_image(pixels));
    }
    return pictures;
}

}  // namespace diffusion::training
