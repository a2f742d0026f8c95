#include "diffusion/sampling/noise_schedule.h"

#include <algorithm>
#include <cmath>
#include <string>

#include <c10/util/Half.h>

#include "diffusion/error.h"

namespace diffusion::sampling {

namespace {

std::vector<double> cumulative_alphas(const std::vector<double>& betas) {
    std::vector<double> alphas;
    double product = 1.0;
    for (const double beta : betas) alphas.push_back(product *= 1.0 - beta);
    return alphas;
}

void check_betas(double beta_start, double beta_end, int steps) {
    if (beta_start > 0 && beta_start <= beta_end && beta_end < 1 && steps >= 2) return;
    throw Error(ErrorKind::bad_request,
                "noise schedule: expected 0 < beta_start <= beta_end < 1 and at least 2 steps, found "
                "beta_start " + std::to_string(beta_start) + ", beta_end " +
                    std::to_string(beta_end) + ", steps " + std::to_string(steps));
}

}  // namespace

NoiseSchedule::NoiseSchedule(std::vector<double> alphas_cumprod)
    : alphas_cumprod_(std::move(alphas_cumprod)) {
    for (const double alpha : alphas_cumprod_) {
        sigmas_.push_back(std::sqrt((1.0 - alpha) / alpha));
        log_sigmas_.push_back(std::log(sigmas_.back()));
    }
}

NoiseSchedule NoiseSchedule::scaled_linear(double beta_start, double beta_end, int steps,
                                           bool zero_terminal_snr) {
    check_betas(beta_start, beta_end, steps);
    std::vector<double> betas;
    const double first = std::sqrt(beta_start);
    const double last = std::sqrt(beta_end);
    for (int i = 0; i < steps; ++i) {
        const double root = first + (last - first) * i / (steps - 1);
        betas.push_back(root * root);
    }
    NoiseSchedule plain(cumulative_alphas(betas));
    return zero_terminal_snr ? plain.with_zero_terminal_snr(a1111_terminal_alpha) : plain;
}

NoiseSchedule NoiseSchedule::linear(double beta_start, double beta_end, int steps) {
    check_betas(beta_start, beta_end, steps);
    std::vector<double> betas;
    for (int i = 0; i < steps; ++i)
        betas.push_back(beta_start + (beta_end - beta_start) * i / (steps - 1));
    return NoiseSchedule(cumulative_alphas(betas));
}

NoiseSchedule NoiseSchedule::log_uniform(double sigma_min, double sigma_max, int steps) {
    if (!(sigma_min > 0 && sigma_min < sigma_max && sigma_max < 1e6 && steps >= 2))
        throw Error(ErrorKind::bad_request,
                    "noise schedule: expected 0 < sigma_min < sigma_max < 1000000 and at least 2 steps, "
                    "found sigma_min " + std::to_string(sigma_min) + ", sigma_max " +
                        std::to_string(sigma_max) + ", steps " + std::to_string(steps));
    std::vector<double> alphas;
    const double ratio = std::log(sigma_max / sigma_min);
    for (int i = 0; i < steps; ++i) {
        const double sigma = sigma_min * std::exp(ratio * i / (steps - 1));
        alphas.push_back(1.0 / (1.0 + sigma * sigma));
    }
    return NoiseSchedule(std::move(alphas));
}

NoiseSchedule NoiseSchedule::from_alphas_cumprod(std::vector<double> alphas_cumprod) {
    double before = 1.0;
    for (const double alpha : alphas_cumprod) {
        if (!(alpha > 0 && alpha < before))
            throw Error(ErrorKind::bad_request,
                        "noise schedule: expected alphas_cumprod to descend from below 1 to above "
                        "0, found " + std::to_string(alpha) + " after " + std::to_string(before));
        before = alpha;
    }
    if (alphas_cumprod.size() < 2)
        throw Error(ErrorKind::bad_request,
                    "noise schedule: expected at least 2 alphas_cumprod, found " +
                        std::to_string(alphas_cumprod.size()));
    return NoiseSchedule(std::move(alphas_cumprod));
}

NoiseSchedule NoiseSchedule::with_zero_terminal_snr(double terminal_alpha) const {
    const double first = std::sqrt(alphas_cumprod_.front());
    const double last = std::sqrt(alphas_cumprod_.back());
    std::vector<double> alphas;
    for (const double alpha : alphas_cumprod_) {
        const double root = (std::sqrt(alpha) - last) * first / (first - last);
        alphas.push_back(root * root);
    }
    alphas.back() = terminal_alpha;
    return from_alphas_cumprod(std::move(alphas));
}

NoiseSchedule NoiseSchedule::rounded_to_single() const {
    std::vector<double> alphas;
    for (const double alpha : alphas_cumprod_) alphas.push_back(static_cast<float>(alpha));
    return NoiseSchedule(std::move(alphas));
}

NoiseSchedule NoiseSchedule::downcast_to_half() const {
    std::vector<double> alphas;
    for (const double alpha : alphas_cumprod_)
        alphas.push_back(static_cast<float>(c10::Half(static_cast<float>(alpha))));
    return NoiseSchedule(std::move(alphas));
}

double NoiseSchedule::sigma_of(double timestep) const {
    const double t = std::clamp(timestep, 0.0, size() - 1.0);
    const auto low = static_cast<std::size_t>(std::floor(t));
    const auto high = static_cast<std::size_t>(std::ceil(t));
    const double share = t - std::floor(t);
    return std::exp((1.0 - share) * log_sigmas_[low] + share * log_sigmas_[high]);
}

double NoiseSchedule::timestep_of(double sigma) const {
    const double log_sigma = std::log(sigma);
    const auto above = std::upper_bound(log_sigmas_.begin(), log_sigmas_.end(), log_sigma);
    const auto low = std::clamp<std::ptrdiff_t>(above - log_sigmas_.begin() - 1, 0, size() - 2);
    const double width = log_sigmas_[low + 1] - log_sigmas_[low];
    const double share = std::clamp((log_sigma - log_sigmas_[low]) / width, 0.0, 1.0);
    return static_cast<double>(low) + share;
}

int NoiseSchedule::nearest_timestep(double sigma) const {
    const double log_sigma = std::log(sigma);
    const auto above = std::lower_bound(log_sigmas_.begin(), log_sigmas_.end(), log_sigma);
    if (above == log_sigmas_.begin()) return 0;
    if (above == log_sigmas_.end()) return size() - 1;
    const auto index = static_cast<int>(above - log_sigmas_.begin());
    return log_sigma - *(above - 1) <= *above - log_sigma ? index - 1 : index;
}

}  // namespace diffusion::sampling
