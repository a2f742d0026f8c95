#include <algorithm>
#include <cmath>

#include "diffusion/sampling/schedule.h"
#include "diffusion/sampling/schedule_formulas.h"

namespace diffusion::sampling {

std::vector<int> a1111_timesteps(int steps, int training_steps) {
    std::vector<int> timesteps;
    const int stride = std::max(1, training_steps / std::max(1, steps));
    for (int t = 0; t < training_steps; t += stride)
        timesteps.push_back(std::clamp(t + 1, 0, training_steps - 1));
    return timesteps;
}

TimestepSchedule timestep_schedule(std::span<const int> ascending, const NoiseSchedule& noise) {
    TimestepSchedule schedule;
    for (auto t = ascending.rbegin(); t != ascending.rend(); ++t) {
        schedule.timesteps.push_back(*t);
        schedule.sigmas.push_back(noise.sigma_of(*t));
    }
    return schedule;
}

namespace {

/// Continuous time of UniPC: t = (index + 1) / size, ln alpha (of the signal, not squared) linear
/// between the training steps.
class ContinuousTime {
public:
    explicit ContinuousTime(const NoiseSchedule& noise) : size_(noise.size()) {
        for (const double alpha : noise.alphas_cumprod()) log_alphas_.push_back(std::log(alpha) / 2);
    }

    double first() const { return 1.0 / size_; }

    double index_of(double t) const { return (t - first()) * size_; }

    double sigma_of(double t) const {
        const double index = std::clamp(index_of(t), 0.0, size_ - 1.0);
        const int low = std::min(static_cast<int>(index), size_ - 2);
        const double log_alpha = std::lerp(log_alphas_[low], log_alphas_[low + 1], index - low);
        return std::sqrt(std::expm1(-2 * log_alpha));
    }

    /// Inverse of sigma_of.
    double time_of(double sigma) const {
        const double log_alpha = -0.5 * std::log1p(sigma * sigma);
        const auto below = std::ranges::lower_bound(log_alphas_, log_alpha, std::greater<>());
        const auto high = std::clamp<std::ptrdiff_t>(below - log_alphas_.begin(), 1, size_ - 1);
        const double share =
            (log_alpha - log_alphas_[high - 1]) / (log_alphas_[high] - log_alphas_[high - 1]);
        return (static_cast<double>(high) + share) / size_;
    }

private:
    int size_;
    std::vector<double> log_alphas_;
};

}  // namespace

TimestepSchedule unipc_schedule(int steps, const NoiseSchedule& noise, int last_timestep,
                                UniPCSkip skip) {
    const ContinuousTime time(noise);
    const double start =
        last_timestep < 0 ? 1.0 : (last_timestep + 1.0) / noise.size();
    auto times = linspace(start, time.first(), steps + 1);
    if (skip == UniPCSkip::time_quadratic) {
        times = linspace(std::sqrt(start), std::sqrt(time.first()), steps + 1);
        for (double& t : times) t *= t;
    } else if (skip == UniPCSkip::log_snr) {
        times = exponential_sigmas(steps + 1, time.sigma_of(time.first()), time.sigma_of(start));
        for (double& t : times) t = time.time_of(t);
    }
    TimestepSchedule schedule;
    for (const double t : times) {
        schedule.sigmas.push_back(time.sigma_of(t));
        schedule.timesteps.push_back(time.index_of(t));
    }
    return schedule;
}

std::vector<double> comfyui_unipc_sigmas(std::vector<double> sigmas) {
    if (!sigmas.empty() && sigmas.back() == 0) sigmas.back() = 0.001;
    return sigmas;
}

}  // namespace diffusion::sampling
