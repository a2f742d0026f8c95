#include "diffusion/sampling/diffusers_schedule.h"

#include <algorithm>
#include <cmath>

#include "diffusion/error.h"
#include "diffusion/sampling/beta_distribution.h"
#include "diffusion/sampling/schedule_formulas.h"

namespace diffusion::sampling {

namespace {

std::vector<double> leading(const DiffusersConfig& config, int steps, bool counts_one_more) {
    const int stride = config.num_train_timesteps / (counts_one_more ? steps + 1 : steps);
    std::vector<double> timesteps;
    for (int k = steps - 1; k >= 0; --k)
        timesteps.push_back((counts_one_more ? k + 1 : k) * stride + config.steps_offset);
    return timesteps;
}

std::vector<double> trailing(const DiffusersConfig& config, int steps) {
    const double stride = config.num_train_timesteps / static_cast<double>(steps);
    std::vector<double> timesteps;
    // arange over doubles may make one more step than asked; so does the reference.
    const int count = static_cast<int>(std::ceil(config.num_train_timesteps / stride));
    for (int k = 0; k < count; ++k)
        timesteps.push_back(std::nearbyint(config.num_train_timesteps - k * stride) - 1);
    return timesteps;
}

std::vector<double> evenly(const DiffusersConfig& config, int steps, const SpacingRules& rules) {
    auto timesteps = linspace(0, config.num_train_timesteps - 1,
                              rules.counts_one_more ? steps + 1 : steps);
    std::ranges::reverse(timesteps);
    if (rules.counts_one_more) timesteps.pop_back();
    if (rules.whole_timesteps)
        for (double& t : timesteps) t = std::nearbyint(t);
    return timesteps;
}

std::vector<double> spaced(const DiffusersConfig& config, int steps, const SpacingRules& rules) {
    if (config.timestep_spacing == "leading") return leading(config, steps, rules.counts_one_more);
    if (config.timestep_spacing == "trailing") return trailing(config, steps);
    if (config.timestep_spacing == "linspace") return evenly(config, steps, rules);
    throw Error(ErrorKind::bad_request,
                "timestep_spacing: expected leading, trailing or linspace, found \"" +
                    config.timestep_spacing + "\"");
}

/// Lin et al. 2023, algorithm 1.
torch::Tensor without_signal_at_the_end(const torch::Tensor& betas) {
    auto roots = (1.0 - betas).cumprod(0).sqrt();
    const auto first = roots[0].clone();
    const auto last = roots[-1].clone();
    roots = (roots - last) * (first / (first - last));
    const auto products = roots.square();
    const auto ratios = products.slice(0, 1) / products.slice(0, 0, -1);
    const auto alphas = torch::cat({products.slice(0, 0, 1), ratios});
    return 1.0 - alphas;
}

/// Karras, exponential or beta sigmas over a range; empty where the configuration wants none.
std::vector<double> converted(const DiffusersConfig& config, int steps, double min, double max) {
    if (config.use_karras_sigmas) return karras_sigmas(steps, min, max);
    if (config.use_exponential_sigmas) return exponential_sigmas(steps, min, max);
    std::vector<double> sigmas;
    if (config.use_beta_sigmas)
        for (const double share : linspace(1, 0, steps))
            sigmas.push_back(min + beta_quantile(share, 0.6, 0.6) * (max - min));
    return sigmas;
}

}  // namespace

NoiseSchedule diffusers_noise(const DiffusersConfig& config, double terminal_alpha) {
    const bool is_linear = config.beta_schedule == "linear";
    if (!is_linear && config.beta_schedule != "scaled_linear")
        throw Error(ErrorKind::bad_request,
                    "beta_schedule: expected scaled_linear or linear, found \"" +
                        config.beta_schedule + "\"");
    // In float32 as the classes have it: 1000 rounded factors are worth 1e-5 of a sigma.
    const auto range = [&](double first, double last) {
        return torch::linspace(first, last, config.num_train_timesteps, torch::kFloat32);
    };
    auto betas = is_linear ? range(config.beta_start, config.beta_end)
                           : range(std::sqrt(config.beta_start), std::sqrt(config.beta_end)).square();
    if (config.rescale_betas_zero_snr) betas = without_signal_at_the_end(betas);
    const auto alphas = (1.0 - betas).cumprod(0).to(torch::kFloat64);
    std::vector<double> values(alphas.data_ptr<double>(), alphas.data_ptr<double>() + alphas.numel());
    if (config.rescale_betas_zero_snr) values.back() = terminal_alpha;
    return NoiseSchedule::from_alphas_cumprod(std::move(values));
}

double linear_sigma(const NoiseSchedule& noise, double timestep) {
    const double t = std::clamp(timestep, 0.0, noise.size() - 1.0);
    const auto low = static_cast<std::size_t>(std::floor(t));
    const auto high = static_cast<std::size_t>(std::ceil(t));
    return std::lerp(noise.sigmas()[low], noise.sigmas()[high], t - std::floor(t));
}

SpacedSteps spaced_steps(const DiffusersConfig& config, int steps,
                         const std::vector<int>& custom_timesteps, const NoiseSchedule& noise,
                         const SpacingRules& rules) {
    SpacedSteps result;
    result.timesteps = spaced(config, steps, rules);
    if (!custom_timesteps.empty())
        result.timesteps.assign(custom_timesteps.begin(), custom_timesteps.end());
    for (const double t : result.timesteps) result.sigmas.push_back(linear_sigma(noise, t));

    const double min = rules.full_range ? noise.sigma_min() : result.sigmas.back();
    const double max = rules.full_range ? noise.sigma_max() : result.sigmas.front();
    const auto sigmas = converted(config, steps, min, max);
    if (sigmas.empty()) return result;
    result = {{}, sigmas};
    for (const double sigma : sigmas) {
        double t = noise.timestep_of(sigma);
        if (config.use_karras_sigmas && rules.rounds_converted) t = std::nearbyint(t);
        result.timesteps.push_back(rules.whole_timesteps ? std::trunc(t) : t);
    }
    return result;
}

std::vector<double> consistency_timesteps(const DiffusersConfig& config, int steps) {
    const int original = config.original_inference_steps;
    if (steps > original)
        throw Error(ErrorKind::bad_request, "steps: expected at most the " +
                                                std::to_string(original) +
                                                " that the model was distilled from, found " +
                                                std::to_string(steps));
    const int stride = config.num_train_timesteps / original;
    std::vector<double> timesteps;
    for (int k = 0; k < steps; ++k) {
        const auto index = static_cast<int>(std::floor(k * (original / static_cast<double>(steps))));
        timesteps.push_back((original - index) * stride - 1);
    }
    return timesteps;
}

}  // namespace diffusion::sampling
