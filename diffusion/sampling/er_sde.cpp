#include <algorithm>
#include <cmath>

#include "diffusion/sampling/algorithms.h"

namespace diffusion::sampling {

namespace {

/// Cui et al. 2023, section 5: the recommended scale of the noise in the extended reverse SDE.
double noise_scale(double sigma) { return sigma * (std::exp(std::pow(sigma, 0.3)) + 10.0); }

/// Sums over 200 points of 1 / scale and (s - sigma) / scale between the two sigmas.
struct Integrals {
    double plain = 0.0;
    double linear = 0.0;
};

Integrals integrals(double sigma, double next) {
    constexpr int points = 200;
    const double width = (sigma - next) / points;
    Integrals sums;
    for (int k = 0; k < points; ++k) {
        const double at = next + k * width;
        sums.plain += width / noise_scale(at);
        sums.linear += width * (at - sigma) / noise_scale(at);
    }
    return sums;
}

}  // namespace

/// ER-SDE-Solver-3 (Cui et al. 2023, algorithm 3) where the signal is not scaled down.
torch::Tensor sample_er_sde(const Denoiser& denoise, torch::Tensor x, std::span<const double> sigmas,
                            const SamplerContext& context) {
    const int max_stage = context.order > 0 ? context.order : 3;
    torch::Tensor previous;
    torch::Tensor first_last;
    for (int i = 0; i + 1 < static_cast<int>(sigmas.size()); ++i) {
        const double sigma = sigmas[i];
        const double next = sigmas[i + 1];
        const auto denoised = denoise(x, sigma);
        if (next > 0) {
            const int stage = std::min(max_stage, i + 1);
            const double r = noise_scale(next) / noise_scale(sigma);
            const double step = next - sigma;
            x = x * r + denoised * (1 - r);
            if (stage >= 2) {
                const auto sums = integrals(sigma, next);
                const auto first = (denoised - previous) / (sigma - sigmas[i - 1]);
                x = x + first * (step + sums.plain * noise_scale(next));
                if (stage >= 3) {
                    const auto second = (first - first_last) / ((sigma - sigmas[i - 2]) / 2);
                    x = x + second * (step * step / 2 + sums.linear * noise_scale(next));
                }
                first_last = first;
            }
            const double variance = next * next - sigma * sigma * r * r;
            x = with_noise(x, std::sqrt(std::max(0.0, variance)), sigma, next, context);
        } else {
            x = denoised;
        }
        context.on_step({i, sigma, x, denoised});
        previous = denoised;
    }
    return x;
}

}  // namespace diffusion::sampling
