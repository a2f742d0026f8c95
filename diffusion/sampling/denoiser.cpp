#include "diffusion/sampling/denoiser.h"

#include <cmath>

#include "diffusion/error.h"
#include "diffusion/sampling/guidance.h"

namespace diffusion::sampling {

namespace {

/// The nearest of every stride-th training step, counted from the end of the first stride.
double nearest_of(const NoiseSchedule& schedule, double sigma, int stride) {
    int nearest = stride - 1;
    const auto distance = [&](int t) {
        return std::abs(schedule.log_sigmas()[t] - std::log(sigma));
    };
    for (int t = nearest; t < schedule.size(); t += stride)
        if (distance(t) < distance(nearest)) nearest = t;
    return nearest;
}

}  // namespace

Denoiser::Denoiser(Predictor predictor, NoiseSchedule schedule, DenoiserOptions options)
    : schedule_(std::move(schedule)),
      stop_(options.stop),
      predictor_(std::move(predictor)),
      options_(std::move(options)) {}

Denoiser::Denoiser(std::function<torch::Tensor(const torch::Tensor&, double)> denoise,
                   std::stop_token stop)
    : schedule_(NoiseSchedule::scaled_linear()),
      stop_(std::move(stop)),
      denoise_([denoise = std::move(denoise)](const torch::Tensor& x, double sigma) {
          return Denoised{denoise(x, sigma), {}};
      }) {}

Denoiser::Denoiser(std::function<Denoised(const torch::Tensor&, double)> denoise,
                   std::stop_token stop, NoiseSchedule schedule)
    : schedule_(std::move(schedule)),
      stop_(std::move(stop)),
      denoise_(std::move(denoise)) {}

torch::Tensor Denoiser::operator()(const torch::Tensor& x, double sigma) const {
    return evaluate(x, sigma).guided;
}

Denoised Denoiser::both(const torch::Tensor& x, double sigma) const {
    auto denoised = evaluate(x, sigma);
    TORCH_CHECK(denoised.unconditional.defined(),
                "the sampler needs the unconditional prediction, but the predictor gave none");
    return denoised;
}

Denoised Denoiser::evaluate(const torch::Tensor& x, double sigma) const {
    if (stop_.stop_requested()) throw Cancelled{};
    const bool holds_input = !held_.is_empty() && held_.holds_input;
    const auto seen = holds_input ? held_.put_back(x, sigma) : x;
    auto denoised = denoise_ ? denoise_(seen, sigma) : predict(seen, sigma);
    if (!held_.is_empty()) denoised.guided = held_.put_back(denoised.guided, 0.0);
    return denoised;
}

Denoised Denoiser::predict(const torch::Tensor& x, double sigma) const {
    const auto x_in = x * scalings(options_.prediction, sigma).in;
    const auto type = x.scalar_type() == torch::kFloat64 ? torch::kFloat64 : torch::kFloat32;
    const auto timestep = torch::full({x.size(0)}, timestep_of(sigma),
                                      torch::dtype(type).device(x.device()));
    if (options_.on_call) options_.on_call(sigma);
    const auto predictions = predictor_(x_in, timestep);
    const auto conditional = predictions.conditional.to(x.scalar_type());
    const auto denoised = [&](const torch::Tensor& output) {
        return with_boundary(x, denoised_of(options_.prediction, x, output, sigma), sigma);
    };
    if (!predictions.unconditional.defined()) {
        const auto alone = denoised(conditional);
        return {alone, options_.conditional_stands_in ? alone : torch::Tensor()};
    }
    const auto unconditional = predictions.unconditional.to(x.scalar_type());
    auto output = guided(conditional, unconditional, options_.guidance_scale);
    if (options_.guidance_rescale > 0) output = with_rescale(x, output, conditional, sigma);
    return {denoised(output), denoised(unconditional)};
}

torch::Tensor Denoiser::with_rescale(const torch::Tensor& x, const torch::Tensor& output,
                                     const torch::Tensor& conditional, double sigma) const {
    if (!options_.rescales_v || options_.prediction == PredictionType::v)
        return rescaled(output, conditional, options_.guidance_rescale);
    // To v and back: v = (skip x - denoised) / -out with the factors of v.
    const auto [skip, out, in] = scalings(PredictionType::v, sigma);
    const auto v_of = [&, skip = skip, out = out](const torch::Tensor& epsilon) {
        return (denoised_of(PredictionType::epsilon, x, epsilon, sigma) - x * skip) / out;
    };
    const auto v = rescaled(v_of(output), v_of(conditional), options_.guidance_rescale);
    return (x - denoised_of(PredictionType::v, x, v, sigma)) / sigma;
}

torch::Tensor Denoiser::with_boundary(const torch::Tensor& x, const torch::Tensor& denoised,
                                      double sigma) const {
    if (options_.distilled_steps == 0) return denoised;
    // Luo et al. 2023, eq. 7, with the data's variance and the scale of the timestep as trained.
    constexpr double variance = 0.25;
    const double t = 10.0 * timestep_of(sigma);
    return denoised * (t / std::sqrt(t * t + variance)) + x * (variance / (t * t + variance));
}

void Denoiser::set_timesteps(std::span<const double> sigmas, std::span<const double> timesteps) {
    timesteps_.clear();
    for (size_t i = 0; i < std::min(sigmas.size(), timesteps.size()); ++i)
        timesteps_[sigmas[i]] = timesteps[i];
}

double Denoiser::timestep_of(double sigma) const {
    if (options_.log_timesteps) return std::log(sigma) / 4;
    const auto known = timesteps_.find(sigma);
    if (known != timesteps_.end()) return known->second;
    if (options_.distilled_steps > 0) {
        const int stride = schedule_.size() / options_.distilled_steps;
        return nearest_of(schedule_, sigma, stride);
    }
    return options_.rounded_timesteps ? schedule_.nearest_timestep(sigma)
                                      : schedule_.timestep_of(sigma);
}

}  // namespace diffusion::sampling
