#include "diffusion/sampling/denoiser.h"

#include "diffusion/error.h"
#include "diffusion/sampling/guidance.h"

namespace diffusion::sampling {

Denoiser::Denoiser(Predictor predictor, NoiseSchedule schedule, DenoiserOptions options)
    : schedule_(std::move(schedule)),
      stop_(options.stop),
      predictor_(std::move(predictor)),
      options_(std::move(options)) {}

Denoiser::Denoiser(std::function<torch::Tensor(const torch::Tensor&, double)> denoise,
                   std::stop_token stop)
    : schedule_(NoiseSchedule::scaled_linear()),
      stop_(std::move(stop)),
      evaluate_([denoise = std::move(denoise)](const torch::Tensor& x, double sigma) {
          return Denoised{denoise(x, sigma), {}};
      }) {}

Denoiser::Denoiser(std::function<Denoised(const torch::Tensor&, double)> denoise,
                   std::stop_token stop)
    : schedule_(NoiseSchedule::scaled_linear()),
      stop_(std::move(stop)),
      evaluate_(std::move(denoise)) {}

torch::Tensor Denoiser::operator()(const torch::Tensor& x, double sigma) const {
    if (stop_.stop_requested()) throw Cancelled{};
    return (evaluate_ ? evaluate_(x, sigma) : predict(x, sigma)).guided;
}

Denoised Denoiser::both(const torch::Tensor& x, double sigma) const {
    if (stop_.stop_requested()) throw Cancelled{};
    auto denoised = evaluate_ ? evaluate_(x, sigma) : predict(x, sigma);
    TORCH_CHECK(denoised.unconditional.defined(),
                "the sampler needs the unconditional prediction, but the predictor gave none");
    return denoised;
}

Denoised Denoiser::predict(const torch::Tensor& x, double sigma) const {
    const auto x_in = x * scalings(options_.prediction, sigma).in;
    const auto type = x.scalar_type() == torch::kFloat64 ? torch::kFloat64 : torch::kFloat32;
    const auto timestep = torch::full({x.size(0)}, timestep_of(sigma),
                                      torch::dtype(type).device(x.device()));
    const auto predictions = predictor_(x_in, timestep);
    const auto conditional = predictions.conditional.to(x.scalar_type());
    if (!predictions.unconditional.defined())
        return {denoised_of(options_.prediction, x, conditional, sigma), {}};
    const auto unconditional = predictions.unconditional.to(x.scalar_type());
    auto output = guided(conditional, unconditional, options_.guidance_scale);
    if (options_.guidance_rescale > 0)
        output = rescaled(output, conditional, options_.guidance_rescale);
    return {denoised_of(options_.prediction, x, output, sigma),
            denoised_of(options_.prediction, x, unconditional, sigma)};
}

void Denoiser::set_timesteps(std::span<const double> sigmas, std::span<const double> timesteps) {
    timesteps_.clear();
    for (size_t i = 0; i < std::min(sigmas.size(), timesteps.size()); ++i)
        timesteps_[sigmas[i]] = timesteps[i];
}

double Denoiser::timestep_of(double sigma) const {
    const auto known = timesteps_.find(sigma);
    if (known != timesteps_.end()) return known->second;
    return options_.rounded_timesteps ? schedule_.nearest_timestep(sigma)
                                      : schedule_.timestep_of(sigma);
}

}  // namespace diffusion::sampling
