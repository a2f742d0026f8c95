#include <cmath>

#include "diffusion/sampling/algorithms.h"

namespace diffusion::sampling {

namespace {

double phi_1(double h) { return std::expm1(h) / h; }

double phi_2(double h) { return (phi_1(h) - 1.0) / h; }

/// Zhang et al. 2023, "Improved order analysis", second order multistep. With cfg_pp the history is
/// that of the unconditional estimate, and guidance moves x at the step's start.
torch::Tensor res_multistep(const Denoiser& denoise, torch::Tensor x, std::span<const double> sigmas,
                            const SamplerContext& context, double eta, bool cfg_pp) {
    torch::Tensor previous;
    double down_last = 0.0;
    for (size_t i = 0; i + 1 < sigmas.size(); ++i) {
        const double sigma = sigmas[i];
        const auto estimate = cfg_pp ? denoise.both(x, sigma) : Denoised{denoise(x, sigma), {}};
        const auto history = cfg_pp ? estimate.unconditional : estimate.guided;
        const auto [down, up] = ancestral_split(sigma, sigmas[i + 1], eta);
        if (!(down > 0) || !previous.defined()) {
            x = estimate.guided + slope(x, history, sigma) * down;
        } else {
            const double h = std::log(sigma / down);
            // From where the last step landed before its noise, measured in this step's length.
            const double c2 = std::log(down_last / sigmas[i - 1]) / h;
            const double b2 = phi_2(-h) / c2;
            const double b1 = phi_1(-h) - b2;
            if (cfg_pp) x = x + (estimate.guided - history);
            x = x * std::exp(-h) + (history * b1 + previous * b2) * h;
        }
        x = with_noise(x, up, sigma, sigmas[i + 1], context);
        context.on_step({int(i), sigma, x, estimate.guided});
        previous = history;
        down_last = down;
    }
    return x;
}

}  // namespace

torch::Tensor sample_res_multistep(const Denoiser& denoise, torch::Tensor x,
                                   std::span<const double> sigmas, const SamplerContext& context) {
    return res_multistep(denoise, x, sigmas, context, context.eta_or(0.0), false);
}

torch::Tensor sample_res_multistep_ancestral(const Denoiser& denoise, torch::Tensor x,
                                             std::span<const double> sigmas,
                                             const SamplerContext& context) {
    return res_multistep(denoise, x, sigmas, context, context.eta_or(1.0), false);
}

torch::Tensor sample_res_multistep_cfg_pp(const Denoiser& denoise, torch::Tensor x,
                                          std::span<const double> sigmas,
                                          const SamplerContext& context) {
    return res_multistep(denoise, x, sigmas, context, context.eta_or(0.0), true);
}

torch::Tensor sample_res_multistep_ancestral_cfg_pp(const Denoiser& denoise, torch::Tensor x,
                                                    std::span<const double> sigmas,
                                                    const SamplerContext& context) {
    return res_multistep(denoise, x, sigmas, context, context.eta_or(1.0), true);
}

}  // namespace diffusion::sampling
