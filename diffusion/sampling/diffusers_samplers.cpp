#include "diffusion/sampling/diffusers_samplers.h"

#include <algorithm>
#include <cmath>
#include <deque>

namespace diffusion::sampling {

torch::Tensor diffusers_euler(const Denoiser& denoise, torch::Tensor x,
                              std::span<const double> sigmas, const SamplerContext& context) {
    for (size_t i = 0; i + 1 < sigmas.size(); ++i) {
        const auto denoised = denoise(x, sigmas[i]);
        const auto direction = slope(x, denoised, sigmas[i]);
        const auto start = churned(x, sigmas[i], sigmas.size() - 1, context);
        // The small difference of two large numbers at the class's 4096; but so are its pictures.
        x = start.x + direction * (sigmas[i + 1] - start.sigma);
        context.on_step({int(i), sigmas[i], x, denoised});
    }
    return x;
}

torch::Tensor diffusers_lcm(const Denoiser& denoise, torch::Tensor x,
                            std::span<const double> sigmas, const SamplerContext& context) {
    constexpr double variance = 0.25;  // of the data, and the scale of the timestep, as trained
    constexpr double timestep_scale = 10.0;
    for (size_t i = 0; i + 1 < sigmas.size(); ++i) {
        const auto denoised = denoise(x, sigmas[i]);
        const double t = denoise.timestep_of(sigmas[i]) * timestep_scale;
        const double skip = variance / (t * t + variance);
        const double out = t / std::sqrt(t * t + variance);
        x = denoised * out + x * (skip / std::sqrt(1 + sigmas[i] * sigmas[i]));
        x = with_noise(x, sigmas[i + 1], sigmas[i], sigmas[i + 1], context);
        context.on_step({int(i), sigmas[i], x, denoised});
    }
    return x;
}

namespace {

/// The latents that look the same when scaled down, at another noise level.
torch::Tensor reread(const torch::Tensor& x, double sigma, double other) {
    return sigma == other ? x : x * std::sqrt((1 + other * other) / (1 + sigma * sigma));
}

}  // namespace

torch::Tensor diffusers_plms(const Denoiser& denoise, torch::Tensor x,
                             std::span<const double> sigmas, std::span<const double> ends,
                             int stride) {
    std::deque<torch::Tensor> slopes;
    torch::Tensor first;
    for (size_t i = 0; i < ends.size(); ++i) {
        const auto now = slope(x, denoise(x, sigmas[i]), sigmas[i]);
        if (i == 0) first = x;
        double level = ends[i];
        if (i == 1) {
            const double again = denoise.schedule().sigma_of(denoise.timestep_of(sigmas[1]) + stride);
            level = sigmas[1];
            x = reread(first, sigmas[0], again) + (slopes[0] + now) * ((level - again) / 2);
        } else {
            slopes.push_front(now);
            if (slopes.size() > 4) slopes.pop_back();
            x = x + adams_bashforth(slopes) * (level - sigmas[i]);
        }
        if (i + 1 < ends.size()) x = reread(x, level, sigmas[i + 1]);
    }
    return x;
}

torch::Tensor diffusers_singlestep(const Denoiser& denoise, torch::Tensor x,
                                   std::span<const double> sigmas, const SamplerContext& context,
                                   int order, bool heun) {
    const int steps = static_cast<int>(sigmas.size()) - 1;
    torch::Tensor base;
    torch::Tensor base_denoised;
    for (int i = 0; i < steps; ++i) {
        const double next = sigmas[i + 1];
        const auto denoised = denoise(x, sigmas[i]);
        // Odd steps finish what even ones began; the last one (of an even number also the one
        // before, which has no partner) is of first order.
        const bool finishes = order == 2 && i % 2 == 1 && i + 1 < steps && next > 0;
        if (finishes) {
            const double h = std::log(sigmas[i - 1] / next);
            const double r = std::log(sigmas[i - 1] / sigmas[i]) / h;
            const auto change = (denoised - base_denoised) / r;
            x = base * (next / sigmas[i - 1]) - base_denoised * std::expm1(-h) +
                change * (heun ? std::expm1(-h) / h + 1 : -0.5 * std::expm1(-h));
        } else {
            base = x;
            base_denoised = denoised;
            const double ratio = next / sigmas[i];
            x = x * ratio + denoised * (1 - ratio);
        }
        context.on_step({i, sigmas[i], x, denoised});
    }
    return x;
}

namespace {

/// Integrals over sigma from `from` to `to` of the polynomials in ln sigma that are 1 at one node
/// and 0 at the others.
std::vector<double> log_weights(const std::vector<double>& sigmas, double from, double to) {
    std::vector<double> nodes;
    for (const double sigma : sigmas) nodes.push_back(std::log(sigma / from));
    // moment p = integral of (ln (s / from))^p ds, by parts.
    std::vector<double> moments = {to - from};
    const double length = std::log(to / from);
    for (size_t p = 1; p < nodes.size(); ++p)
        moments.push_back(to * std::pow(length, double(p)) - double(p) * moments.back());
    return quadrature_weights(nodes, moments);
}

}  // namespace

torch::Tensor diffusers_deis(const Denoiser& denoise, torch::Tensor x,
                             std::span<const double> sigmas, const SamplerContext& context,
                             int max_order, bool lowers_order) {
    const int steps = static_cast<int>(sigmas.size()) - 1;
    std::deque<torch::Tensor> slopes;
    for (int i = 0; i < steps; ++i) {
        const auto denoised = denoise(x, sigmas[i]);
        slopes.push_front(slope(x, denoised, sigmas[i]));
        int order = std::min(max_order, i + 1);
        if (lowers_order) order = std::min(order, steps - i);
        slopes.resize(std::min(slopes.size(), static_cast<size_t>(max_order)));
        std::vector<double> nodes;
        for (int k = 0; k < order; ++k) nodes.push_back(sigmas[i - k]);
        const auto weights = order == 1 ? std::vector<double>{sigmas[i + 1] - sigmas[i]}
                                        : log_weights(nodes, sigmas[i], sigmas[i + 1]);
        for (int k = 0; k < order; ++k) x = x + slopes[k] * weights[k];
        context.on_step({i, sigmas[i], x, denoised});
    }
    return x;
}

}  // namespace diffusion::sampling
