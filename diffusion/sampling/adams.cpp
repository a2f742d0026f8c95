#include <algorithm>
#include <cmath>
#include <deque>

#include "diffusion/sampling/algorithms.h"

// Linear multistep methods: the slopes of earlier steps, newest first, extrapolated over the next.

namespace diffusion::sampling {

namespace {

using Slopes = std::deque<torch::Tensor>;

void remember(Slopes& slopes, const torch::Tensor& newest, int count) {
    slopes.push_front(newest);
    if (slopes.size() > static_cast<size_t>(count)) slopes.pop_back();
}

torch::Tensor weighed(const Slopes& slopes, const std::vector<double>& weights) {
    auto sum = slopes[0] * weights[0];
    for (size_t k = 1; k < weights.size(); ++k) sum = sum + slopes[k] * weights[k];
    return sum;
}

/// Adams-Bashforth for equal steps, orders 1 to 4.
const std::vector<std::vector<double>> even_weights = {
    {1.0},
    {3.0 / 2, -1.0 / 2},
    {23.0 / 12, -16.0 / 12, 5.0 / 12},
    {55.0 / 24, -59.0 / 24, 37.0 / 24, -9.0 / 24}};

int order_or(const SamplerContext& context, int own_default) {
    return context.order > 0 ? std::min(context.order, 4) : own_default;
}

}  // namespace

torch::Tensor adams_bashforth(const std::deque<torch::Tensor>& slopes) {
    return weighed(slopes, even_weights[std::min<size_t>(slopes.size(), 4) - 1]);
}

/// Adams-Bashforth for the schedule's own step lengths: the exact integral over sigma of the
/// polynomial through the last slopes.
torch::Tensor sample_lms(const Denoiser& denoise, torch::Tensor x, std::span<const double> sigmas,
                         const SamplerContext& context) {
    Slopes slopes;
    for (size_t i = 0; i + 1 < sigmas.size(); ++i) {
        const auto denoised = denoise(x, sigmas[i]);
        remember(slopes, slope(x, denoised, sigmas[i]), order_or(context, 4));
        std::vector<double> nodes;
        std::vector<double> moments;
        const double width = sigmas[i + 1] - sigmas[i];
        for (size_t k = 0; k < slopes.size(); ++k) {
            nodes.push_back(sigmas[i - k] - sigmas[i]);
            moments.push_back(std::pow(width, double(k + 1)) / double(k + 1));
        }
        x = x + weighed(slopes, quadrature_weights(nodes, moments));
        context.on_step({int(i), sigmas[i], x, denoised});
    }
    return x;
}

/// Liu et al. 2022 (PNDM) without its Runge-Kutta start, as in latent diffusion: the first step is
/// made twice, the second time with the mean of the slopes at both ends.
torch::Tensor sample_plms(const Denoiser& denoise, torch::Tensor x, std::span<const double> sigmas,
                          const SamplerContext& context) {
    Slopes slopes;
    for (size_t i = 0; i + 1 < sigmas.size(); ++i) {
        const double width = sigmas[i + 1] - sigmas[i];
        const auto denoised = denoise(x, sigmas[i]);
        remember(slopes, slope(x, denoised, sigmas[i]), 4);
        auto direction = adams_bashforth(slopes);
        if (i == 0 && sigmas[1] > 0) {
            const auto ahead = x + direction * width;
            direction = (direction + slope(ahead, denoise(ahead, sigmas[1]), sigmas[1])) / 2;
        }
        x = x + direction * width;
        context.on_step({int(i), sigmas[i], x, denoised});
    }
    return x;
}

/// Zhang & Chen 2023 (iPNDM): weights for equal steps, lower orders at the start.
torch::Tensor sample_ipndm(const Denoiser& denoise, torch::Tensor x, std::span<const double> sigmas,
                           const SamplerContext& context) {
    Slopes slopes;
    for (size_t i = 0; i + 1 < sigmas.size(); ++i) {
        const auto denoised = denoise(x, sigmas[i]);
        remember(slopes, slope(x, denoised, sigmas[i]), order_or(context, 4));
        x = x + adams_bashforth(slopes) * (sigmas[i + 1] - sigmas[i]);
        context.on_step({int(i), sigmas[i], x, denoised});
    }
    return x;
}

namespace {

/// Weights of the variable-step iPNDM as its authors' program computes them. t0 and t1 are the
/// corrections of third and fourth order; t0 is not that of Adams and Bashforth, but what this
/// sampler has been from its first release.
std::vector<double> variable_weights(double h, double h1, double h2, double h3, size_t order) {
    std::vector<double> weights = {1 + h / (2 * h1), -h / (2 * h1)};
    if (order < 2) return {1.0};
    if (order == 2) return weights;
    const double t0 = (1 - h * h / (3 * h1 * (h1 + h2))) / 2;
    weights[0] += t0;
    weights[1] -= (1 + h1 / h2) * t0;
    weights.push_back(t0 * h1 / h2);
    if (order == 3) return weights;
    const double t1 = ((1 - h / (3 * (h + h1))) / 2 +
                       (1 - h / (2 * (h + h1))) * h / (6 * (h + h1 + h2))) *
                      (h * (h + h1) * (h + h1 + h2)) / (h1 * (h1 + h2) * (h1 + h2 + h3));
    const double older = h1 * (h1 + h2) / (h2 * (h2 + h3));
    weights[0] += t1;
    weights[1] -= (1 + h1 / h2 + older) * t1;
    weights[2] += (h1 / h2 + older * (1 + h2 / h3)) * t1;
    weights.push_back(-t1 * older * h1 / h2);
    return weights;
}

}  // namespace

torch::Tensor sample_ipndm_v(const Denoiser& denoise, torch::Tensor x,
                             std::span<const double> sigmas, const SamplerContext& context) {
    Slopes slopes;
    const auto width = [&](size_t i, size_t back) {
        return i >= back ? sigmas[i + 1 - back] - sigmas[i - back] : 1.0;
    };
    for (size_t i = 0; i + 1 < sigmas.size(); ++i) {
        const auto denoised = denoise(x, sigmas[i]);
        remember(slopes, slope(x, denoised, sigmas[i]), order_or(context, 4));
        const auto weights = variable_weights(width(i, 0), width(i, 1), width(i, 2), width(i, 3),
                                              slopes.size());
        x = x + weighed(slopes, weights) * width(i, 0);
        context.on_step({int(i), sigmas[i], x, denoised});
    }
    return x;
}

}  // namespace diffusion::sampling
