#include "diffusion/sampling/schedule_formulas.h"

#include <algorithm>
#include <cmath>

#include "diffusion/sampling/beta_distribution.h"

namespace diffusion::sampling {

namespace {

struct Range {
    double min;
    double max;
};

Range range_of(const NoiseSchedule& noise, const ScheduleOptions& options) {
    return {options.sigma_min > 0 ? options.sigma_min : noise.sigma_min(),
            options.sigma_max > 0 ? options.sigma_max : noise.sigma_max()};
}

std::vector<double> with_zero(std::vector<double> sigmas) {
    sigmas.push_back(0.0);
    return sigmas;
}

bool rounds_timesteps(const ScheduleOptions& options) {
    return options.compatibility == Compatibility::forge ||
           options.compatibility == Compatibility::comfyui;
}

/// Sigmas at `count` equally spaced timesteps of the range, all of them or all but the last.
std::vector<double> even_timesteps(int steps, const NoiseSchedule& noise,
                                   const ScheduleOptions& options, bool drop_last) {
    const auto [min, max] = range_of(noise, options);
    const bool rounds = rounds_timesteps(options);
    const double first = rounds ? noise.nearest_timestep(max) : noise.timestep_of(max);
    const double last = rounds ? noise.nearest_timestep(min) : noise.timestep_of(min);
    auto values = linspace(first, last, drop_last ? steps + 1 : steps);
    if (drop_last) values.pop_back();
    for (double& value : values) value = noise.sigma_of(value);
    return with_zero(std::move(values));
}

}  // namespace

std::vector<double> linspace(double first, double last, int count) {
    // As numpy counts: where a value lies half way between two timesteps, this decides which it is.
    const double step = count > 1 ? (last - first) / (count - 1) : 0.0;
    std::vector<double> values;
    for (int i = 0; i < count; ++i)
        values.push_back(i > 0 && i + 1 == count ? last : first + i * step);
    return values;
}

std::vector<double> karras_sigmas(int count, double sigma_min, double sigma_max, double rho) {
    auto values = linspace(std::pow(sigma_max, 1 / rho), std::pow(sigma_min, 1 / rho), count);
    for (double& value : values) value = std::pow(value, rho);
    return values;
}

std::vector<double> exponential_sigmas(int count, double sigma_min, double sigma_max) {
    auto values = linspace(std::log(sigma_max), std::log(sigma_min), count);
    for (double& value : values) value = std::exp(value);
    return values;
}

std::vector<double> uniform_schedule(int steps, const NoiseSchedule& noise, const ScheduleOptions&) {
    auto values = linspace(noise.size() - 1, 0, steps);
    for (double& value : values) value = noise.sigma_of(value);
    return with_zero(std::move(values));
}

std::vector<double> karras_schedule(int steps, const NoiseSchedule& noise,
                                    const ScheduleOptions& options) {
    const auto [min, max] = range_of(noise, options);
    return with_zero(karras_sigmas(steps, min, max, options.rho > 0 ? options.rho : 7.0));
}

std::vector<double> exponential_schedule(int steps, const NoiseSchedule& noise,
                                         const ScheduleOptions& options) {
    const auto [min, max] = range_of(noise, options);
    return with_zero(exponential_sigmas(steps, min, max));
}

std::vector<double> polyexponential_schedule(int steps, const NoiseSchedule& noise,
                                             const ScheduleOptions& options) {
    const auto [min, max] = range_of(noise, options);
    auto values = linspace(1, 0, steps);
    for (double& value : values)
        value = std::exp(std::pow(value, options.rho > 0 ? options.rho : 1.0) * std::log(max / min) +
                         std::log(min));
    return with_zero(std::move(values));
}

std::vector<double> sgm_uniform_schedule(int steps, const NoiseSchedule& noise,
                                         const ScheduleOptions& options) {
    return even_timesteps(steps, noise, options, true);
}

std::vector<double> normal_schedule(int steps, const NoiseSchedule& noise,
                                    const ScheduleOptions& options) {
    return even_timesteps(steps, noise, options, false);
}

std::vector<double> kl_optimal_schedule(int steps, const NoiseSchedule& noise,
                                        const ScheduleOptions& options) {
    const auto [min, max] = range_of(noise, options);
    // A1111 ends at sigma_min instead of 0; ComfyUI reaches it one step earlier and adds the 0.
    const bool ends_at_zero = options.compatibility == Compatibility::comfyui;
    auto values = linspace(std::atan(max), std::atan(min), ends_at_zero ? steps : steps + 1);
    for (double& value : values) value = std::tan(value);
    return ends_at_zero ? with_zero(std::move(values)) : values;
}

std::vector<double> simple_schedule(int steps, const NoiseSchedule& noise, const ScheduleOptions&) {
    std::vector<double> values;
    const double stride = noise.size() / static_cast<double>(steps);
    for (int k = 0; k < steps; ++k)
        values.push_back(noise.sigmas()[noise.size() - 1 - static_cast<int>(k * stride)]);
    return with_zero(std::move(values));
}

std::vector<double> ddim_schedule(int steps, const NoiseSchedule& noise, const ScheduleOptions&) {
    std::vector<double> values;
    for (int t = 1; t < noise.size(); t += std::max(noise.size() / steps, 1))
        values.push_back(noise.sigmas()[t]);
    std::ranges::reverse(values);
    return with_zero(std::move(values));
}

std::vector<double> beta_schedule(int steps, const NoiseSchedule& noise,
                                  const ScheduleOptions& options) {
    std::vector<double> values;
    if (options.compatibility == Compatibility::comfyui) {
        int before = -1;
        for (int k = 0; k < steps; ++k) {
            const double share = beta_quantile(1 - k / double(steps), options.alpha, options.beta);
            const int index = static_cast<int>(std::rint(share * (noise.size() - 1)));
            if (index != before) values.push_back(noise.sigmas()[index]);
            before = index;
        }
        return with_zero(std::move(values));
    }
    const auto [min, max] = range_of(noise, options);
    for (const double share : linspace(1, 0, steps))
        values.push_back(min + beta_quantile(share, options.alpha, options.beta) * (max - min));
    return with_zero(std::move(values));
}

std::vector<double> turbo_schedule(int steps, const NoiseSchedule& noise, const ScheduleOptions&) {
    std::vector<double> values;
    for (int k = 0; k < steps; ++k) {
        const double t = (steps - k) * (1000.0 / steps) - 1;
        values.push_back(noise.sigma_of(std::nearbyint(t)));
    }
    return with_zero(std::move(values));
}

std::vector<double> linear_quadratic_schedule(int steps, const NoiseSchedule& noise,
                                              const ScheduleOptions& options) {
    constexpr double threshold = 0.025;  // share of the noise removed by the linear half
    const double max = range_of(noise, options).max;
    if (steps == 1) return {max, 0.0};
    const int linear = steps / 2;
    const int quadratic = steps - linear;
    const double difference = linear - threshold * steps;
    const double a = difference / (linear * double(quadratic) * quadratic);
    const double b = threshold / linear - 2 * difference / (double(quadratic) * quadratic);
    const double c = a * linear * linear;
    std::vector<double> values;
    for (int i = 0; i < steps; ++i)
        values.push_back(max * (1 - (i < linear ? i * threshold / linear : a * i * i + b * i + c)));
    return with_zero(std::move(values));
}

std::vector<double> vp_schedule(int steps, const NoiseSchedule&, const ScheduleOptions&) {
    constexpr float beta_d = 19.9f;
    constexpr float beta_min = 0.1f;
    auto values = linspace(1, 1e-3, steps);
    for (double& value : values) {
        // In float32 as k-diffusion has it: near t = 0 its sigmas are what exp(x) - 1 leaves there.
        const auto t = static_cast<float>(value);
        value = std::sqrt(std::exp(beta_d * t * t / 2.0f + beta_min * t) - 1.0f);
    }
    return with_zero(std::move(values));
}

}  // namespace diffusion::sampling
