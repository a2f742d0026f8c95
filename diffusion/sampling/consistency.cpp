#include <algorithm>
#include <cmath>

#include "diffusion/sampling/algorithms.h"

// Samplers for models that were distilled to a few steps: each step goes all the way to the clean
// latent and is noised again.

namespace diffusion::sampling {

/// Luo et al. 2023 (LCM), algorithm 3.
torch::Tensor sample_lcm(const Denoiser& denoise, torch::Tensor x, std::span<const double> sigmas,
                         const SamplerContext& context) {
    for (size_t i = 0; i + 1 < sigmas.size(); ++i) {
        const auto denoised = denoise(x, sigmas[i]);
        x = with_noise(denoised, sigmas[i + 1], sigmas[i], sigmas[i + 1], context);
        context.on_step({int(i), sigmas[i], x, denoised});
    }
    return x;
}

/// Zheng et al. 2024 (TCD), algorithm 4: down to the training step (1 - eta) t', then noise up to
/// t'. eta is the paper's gamma, 0.3 by default.
torch::Tensor sample_tcd(const Denoiser& denoise, torch::Tensor x, std::span<const double> sigmas,
                         const SamplerContext& context) {
    const double eta = context.eta_or(0.3);
    for (size_t i = 0; i + 1 < sigmas.size(); ++i) {
        const double next = sigmas[i + 1];
        const auto denoised = denoise(x, sigmas[i]);
        const double wanted = next > 0 ? std::floor((1 - eta) * denoise.timestep_of(next)) : 0.0;
        const double down = std::min(next, denoise.schedule().sigma_of(wanted));
        x = denoised + slope(x, denoised, sigmas[i]) * down;
        x = with_noise(x, std::sqrt(next * next - down * down), sigmas[i], next, context);
        context.on_step({int(i), sigmas[i], x, denoised});
    }
    return x;
}

}  // namespace diffusion::sampling
