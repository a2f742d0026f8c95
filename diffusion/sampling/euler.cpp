#include "diffusion/sampling/algorithms.h"

namespace diffusion::sampling {

/// Euler's method on the probability-flow ODE (Karras et al. 2022, algorithm 2 without its second
/// order correction).
torch::Tensor sample_euler(const Denoiser& denoise, torch::Tensor x, std::span<const double> sigmas,
                           const SamplerContext& context) {
    for (size_t i = 0; i + 1 < sigmas.size(); ++i) {
        const auto start = churned(x, sigmas[i], sigmas.size() - 1, context);
        const auto denoised = denoise(start.x, start.sigma);
        x = start.x + slope(start.x, denoised, start.sigma) * (sigmas[i + 1] - start.sigma);
        context.on_step({int(i), sigmas[i], x, denoised});
    }
    return x;
}

/// Euler's method to a lower sigma, then fresh noise up to the next one.
torch::Tensor sample_euler_ancestral(const Denoiser& denoise, torch::Tensor x,
                                     std::span<const double> sigmas, const SamplerContext& context) {
    for (size_t i = 0; i + 1 < sigmas.size(); ++i) {
        const auto denoised = denoise(x, sigmas[i]);
        const auto [down, up] = ancestral_split(sigmas[i], sigmas[i + 1], context.eta_or(1.0));
        x = x + slope(x, denoised, sigmas[i]) * (down - sigmas[i]);
        if (up > 0) x = x + noise_like(x, sigmas[i], sigmas[i + 1], context) * (context.s_noise * up);
        context.on_step({int(i), sigmas[i], x, denoised});
    }
    return x;
}

/// Song et al. 2020, eq. 12. Where the signal is not scaled down its update is Euler's ancestral
/// step with eta 0 by default; written from the denoised latent, so that it is exact from a level
/// of (nearly) pure noise, too.
torch::Tensor sample_ddim(const Denoiser& denoise, torch::Tensor x, std::span<const double> sigmas,
                          const SamplerContext& context) {
    for (size_t i = 0; i + 1 < sigmas.size(); ++i) {
        const auto denoised = denoise(x, sigmas[i]);
        const auto [down, up] = ancestral_split(sigmas[i], sigmas[i + 1], context.eta_or(0.0));
        x = denoised + slope(x, denoised, sigmas[i]) * down;
        if (up > 0) x = x + noise_like(x, sigmas[i], sigmas[i + 1], context) * (context.s_noise * up);
        context.on_step({int(i), sigmas[i], x, denoised});
    }
    return x;
}

}  // namespace diffusion::sampling
