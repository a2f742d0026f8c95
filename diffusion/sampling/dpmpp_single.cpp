#include <cmath>

#include "diffusion/sampling/algorithms.h"

// DPM-Solver++ with a second network call inside the step (Lu et al. 2022b, section 4.1).

namespace diffusion::sampling {

namespace {

/// The exact step of the linear part: from sigma to sigma_next with a constant estimate.
torch::Tensor toward(const torch::Tensor& x, const torch::Tensor& denoised, double sigma,
                     double sigma_next) {
    const double ratio = sigma_next / sigma;
    return x * ratio + denoised * (1 - ratio);
}

}  // namespace

torch::Tensor sample_dpmpp_2s_ancestral(const Denoiser& denoise, torch::Tensor x,
                                        std::span<const double> sigmas,
                                        const SamplerContext& context) {
    for (size_t i = 0; i + 1 < sigmas.size(); ++i) {
        const double sigma = sigmas[i];
        const auto denoised = denoise(x, sigma);
        const auto [down, up] = ancestral_split(sigma, sigmas[i + 1], context.eta_or(1.0));
        auto estimate = denoised;
        if (down > 0) {
            const double middle = std::sqrt(sigma * down);
            estimate = denoise(toward(x, denoised, sigma, middle), middle);
        }
        x = with_noise(toward(x, estimate, sigma, down), up, sigma, sigmas[i + 1], context);
        context.on_step({int(i), sigma, x, denoised});
    }
    return x;
}

/// The same in the way of CFG++: x is first moved by what guidance adds, in the second half of the
/// step by what it adds there.
torch::Tensor sample_dpmpp_2s_ancestral_cfg_pp(const Denoiser& denoise, torch::Tensor x,
                                               std::span<const double> sigmas,
                                               const SamplerContext& context) {
    for (size_t i = 0; i + 1 < sigmas.size(); ++i) {
        const double sigma = sigmas[i];
        const auto [guided, unconditional] = denoise.both(x, sigma);
        const auto [down, up] = ancestral_split(sigma, sigmas[i + 1], context.eta_or(1.0));
        if (down > 0) {
            const double middle = std::sqrt(sigma * down);
            const auto half = denoise.both(
                toward(x + (guided - unconditional), guided, sigma, middle), middle);
            x = toward(x + (guided - half.unconditional), half.guided, sigma, down);
        } else {
            x = guided;
        }
        x = with_noise(x, up, sigma, sigmas[i + 1], context);
        context.on_step({int(i), sigma, x, guided});
    }
    return x;
}

/// DPM-Solver++(S) for the SDE, with the half step at the geometric middle.
torch::Tensor sample_dpmpp_sde(const Denoiser& denoise, torch::Tensor x,
                               std::span<const double> sigmas, const SamplerContext& context) {
    const double eta = context.eta_or(1.0);
    for (size_t i = 0; i + 1 < sigmas.size(); ++i) {
        const double sigma = sigmas[i];
        const double next = sigmas[i + 1];
        const auto denoised = denoise(x, sigma);
        if (next > 0) {
            const double middle = std::sqrt(sigma * next);
            const auto half = ancestral_split(sigma, middle, eta);
            const auto between = with_noise(toward(x, denoised, sigma, half.down), half.up, sigma,
                                            middle, context);
            const auto estimate = denoise(between, middle);
            const auto whole = ancestral_split(sigma, next, eta);
            x = with_noise(toward(x, estimate, sigma, whole.down), whole.up, sigma, next, context);
        } else {
            x = denoised;
        }
        context.on_step({int(i), sigma, x, denoised});
    }
    return x;
}

}  // namespace diffusion::sampling
