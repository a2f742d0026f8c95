#include "diffusion/sampling/algorithms.h"

namespace diffusion::sampling {

namespace {

/// Euler's step written from the denoised latent: there lies x at sigma 0, and the slope leads from it
/// up to `down`. From a level of (nearly) pure noise x + slope (down - sigma) would be the small
/// difference of two large numbers.
torch::Tensor from_denoised(const torch::Tensor& denoised, const torch::Tensor& direction,
                            const AncestralSplit& split) {
    return split.down > 0 ? denoised + direction * split.down : denoised;
}

}  // namespace

/// Euler's method on the probability-flow ODE (Karras et al. 2022, algorithm 2 without its second
/// order correction).
torch::Tensor sample_euler(const Denoiser& denoise, torch::Tensor x, std::span<const double> sigmas,
                           const SamplerContext& context) {
    for (size_t i = 0; i + 1 < sigmas.size(); ++i) {
        const auto start = churned(x, sigmas[i], sigmas.size() - 1, context);
        const auto denoised = denoise(start.x, start.sigma);
        x = from_denoised(denoised, slope(start.x, denoised, start.sigma), {sigmas[i + 1], 0.0});
        context.on_step({int(i), sigmas[i], x, denoised});
    }
    return x;
}

/// Euler's method to a lower sigma, then fresh noise up to the next one.
torch::Tensor sample_euler_ancestral(const Denoiser& denoise, torch::Tensor x,
                                     std::span<const double> sigmas, const SamplerContext& context) {
    for (size_t i = 0; i + 1 < sigmas.size(); ++i) {
        const auto denoised = denoise(x, sigmas[i]);
        const auto split = ancestral_split(sigmas[i], sigmas[i + 1], context.eta_or(1.0));
        x = from_denoised(denoised, slope(x, denoised, sigmas[i]), split);
        x = with_noise(x, split.up, sigmas[i], sigmas[i + 1], context);
        context.on_step({int(i), sigmas[i], x, denoised});
    }
    return x;
}

namespace {

torch::Tensor ddim(const Denoiser& denoise, torch::Tensor x, std::span<const double> sigmas,
                   const SamplerContext& context, double eta) {
    for (size_t i = 0; i + 1 < sigmas.size(); ++i) {
        const auto denoised = denoise(x, sigmas[i]);
        const auto split = ancestral_split(sigmas[i], sigmas[i + 1], eta);
        x = from_denoised(denoised, slope(x, denoised, sigmas[i]), split);
        x = with_noise(x, split.up, sigmas[i], sigmas[i + 1], context);
        context.on_step({int(i), sigmas[i], x, denoised});
    }
    return x;
}

/// Chung et al. 2024: the slope comes from the unconditional estimate, the end from the guided one.
torch::Tensor euler_cfg_pp(const Denoiser& denoise, torch::Tensor x, std::span<const double> sigmas,
                           const SamplerContext& context, double eta) {
    for (size_t i = 0; i + 1 < sigmas.size(); ++i) {
        const auto denoised = denoise.both(x, sigmas[i]);
        const auto split = ancestral_split(sigmas[i], sigmas[i + 1], eta);
        x = from_denoised(denoised.guided, slope(x, denoised.unconditional, sigmas[i]), split);
        x = with_noise(x, split.up, sigmas[i], sigmas[i + 1], context);
        context.on_step({int(i), sigmas[i], x, denoised.guided});
    }
    return x;
}

}  // namespace

/// Song et al. 2020, eq. 12: where the signal is not scaled down, its sigma_t is the ancestral split.
torch::Tensor sample_ddim(const Denoiser& denoise, torch::Tensor x, std::span<const double> sigmas,
                          const SamplerContext& context) {
    return ddim(denoise, x, sigmas, context, context.eta_or(0.0));
}

/// Ho et al. 2020, algorithm 2 with the posterior variance: DDIM with eta 1.
torch::Tensor sample_ddpm(const Denoiser& denoise, torch::Tensor x, std::span<const double> sigmas,
                          const SamplerContext& context) {
    return ddim(denoise, x, sigmas, context, context.eta_or(1.0));
}

torch::Tensor sample_euler_cfg_pp(const Denoiser& denoise, torch::Tensor x,
                                  std::span<const double> sigmas, const SamplerContext& context) {
    return euler_cfg_pp(denoise, x, sigmas, context, context.eta_or(0.0));
}

torch::Tensor sample_euler_ancestral_cfg_pp(const Denoiser& denoise, torch::Tensor x,
                                            std::span<const double> sigmas,
                                            const SamplerContext& context) {
    return euler_cfg_pp(denoise, x, sigmas, context, context.eta_or(1.0));
}

/// A1111's DDIM CFG++: the same step as Euler CFG++ along DDIM's timesteps, but its guidance scale
/// is typed in the range of ordinary guidance and divided by 12.5.
torch::Tensor sample_ddim_cfg_pp(const Denoiser& denoise, torch::Tensor x,
                                 std::span<const double> sigmas, const SamplerContext& context) {
    return euler_cfg_pp(denoise, x, sigmas, context, context.eta_or(0.0));
}

}  // namespace diffusion::sampling
