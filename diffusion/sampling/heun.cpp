#include "diffusion/sampling/algorithms.h"

namespace diffusion::sampling {

/// Karras et al. 2022, algorithm 2: Euler's step, corrected by the slope at its end.
torch::Tensor sample_heun(const Denoiser& denoise, torch::Tensor x, std::span<const double> sigmas,
                          const SamplerContext& context) {
    for (size_t i = 0; i + 1 < sigmas.size(); ++i) {
        const double next = sigmas[i + 1];
        const auto start = churned(x, sigmas[i], sigmas.size() - 1, context);
        const auto denoised = denoise(start.x, start.sigma);
        const auto first = slope(start.x, denoised, start.sigma);
        x = start.x + first * (next - start.sigma);
        if (next > 0) {
            const auto second = slope(x, denoise(x, next), next);
            x = start.x + (first + second) * ((next - start.sigma) / 2);
        }
        context.on_step({int(i), sigmas[i], x, denoised});
    }
    return x;
}

}  // namespace diffusion::sampling
