#include <algorithm>
#include <cmath>
#include <deque>

#include "diffusion/sampling/algorithms.h"

namespace diffusion::sampling {

namespace {

/// The continuous noise schedule in whose time the slopes are extrapolated (Song et al. 2021, VP):
/// alpha(t) = exp(-beta_d t^2 / 2 - beta_min t), fitted so that sigma is 0.002 at t = 0.001 and 80
/// at t = 1. The reference computes its two constants in float32, where 1 + 0.002^2 keeps few
/// digits, so they are part of the sampler.
struct ContinuousTime {
    float beta_d;
    float beta_min;

    double of_sigma(double sigma) const {
        const double root = std::sqrt(double(beta_min) * beta_min +
                                      2.0 * beta_d * std::log(sigma * sigma + 1.0));
        return (root - beta_min) / beta_d;
    }

    /// How fast sigma / sqrt(1 + sigma^2) terms change with t: the weight of the slope.
    double rate(double t) const {
        const double log_alpha = -0.5 * t * t * beta_d - t * beta_min;
        const double alpha = std::exp(log_alpha);
        return 0.5 * (t * beta_d + beta_min) / std::sqrt(alpha * (1.0 - alpha));
    }
};

ContinuousTime continuous_time() {
    const float low = std::log(0.002f * 0.002f + 1.0f);
    const float high = std::log(80.0f * 80.0f + 1.0f);
    const float beta_d = 2.0f * (low / 1e-3f - high) / (1e-3f - 1.0f);
    return {beta_d, high - 0.5f * beta_d};
}

/// Integrals of the Lagrange polynomials of the nodes, weighed with the rate, from t to t_next: a
/// sum over 10,000 points, as the reference takes it.
std::vector<double> weights_of(const ContinuousTime& time, const std::vector<double>& nodes,
                               double t, double t_next) {
    constexpr int points = 10000;
    std::vector<double> weights(nodes.size(), 0.0);
    for (int i = 0; i < points; ++i) {
        const double at = t + (t_next - t) * i / (points - 1);
        const double rate = time.rate(at);
        for (size_t j = 0; j < nodes.size(); ++j) {
            double polynomial = rate;
            for (size_t k = 0; k < nodes.size(); ++k)
                if (k != j) polynomial *= (at - nodes[k]) / (nodes[j] - nodes[k]);
            weights[j] += polynomial;
        }
    }
    for (double& weight : weights) weight *= (t_next - t) / points;
    return weights;
}

}  // namespace

/// Zhang & Chen 2023 (DEIS, "tab"): earlier slopes extrapolated in the time of a continuous noise
/// schedule.
torch::Tensor sample_deis(const Denoiser& denoise, torch::Tensor x, std::span<const double> sigmas,
                          const SamplerContext& context) {
    const auto time = continuous_time();
    const size_t max_order = context.order > 0 ? std::min(context.order, 4) : 3;
    std::deque<torch::Tensor> slopes;
    for (size_t i = 0; i + 1 < sigmas.size(); ++i) {
        const auto denoised = denoise(x, sigmas[i]);
        slopes.push_front(slope(x, denoised, sigmas[i]));
        if (slopes.size() > max_order) slopes.pop_back();
        if (slopes.size() == 1 || !(sigmas[i + 1] > 0)) {
            x = x + slopes[0] * (sigmas[i + 1] - sigmas[i]);
        } else {
            std::vector<double> nodes;
            for (size_t k = 0; k < slopes.size(); ++k) nodes.push_back(time.of_sigma(sigmas[i - k]));
            const auto weights = weights_of(time, nodes, nodes[0], time.of_sigma(sigmas[i + 1]));
            for (size_t k = 0; k < slopes.size(); ++k) x = x + slopes[k] * weights[k];
        }
        context.on_step({int(i), sigmas[i], x, denoised});
    }
    return x;
}

}  // namespace diffusion::sampling
