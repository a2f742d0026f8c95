#include "diffusion/sampling/algorithms.h"

namespace diffusion::sampling {

namespace {

/// Permenter & Yuan 2024, section 4: the slope is corrected by its change since the last step,
/// gamma = 2.
torch::Tensor gradient_estimation(const Denoiser& denoise, torch::Tensor x,
                                  std::span<const double> sigmas, const SamplerContext& context,
                                  bool cfg_pp) {
    constexpr double gamma = 2.0;
    torch::Tensor previous;
    for (size_t i = 0; i + 1 < sigmas.size(); ++i) {
        const double next = sigmas[i + 1];
        const auto estimate =
            cfg_pp ? denoise.both(x, sigmas[i]) : Denoised{denoise(x, sigmas[i]), {}};
        const auto direction =
            slope(x, cfg_pp ? estimate.unconditional : estimate.guided, sigmas[i]);
        x = estimate.guided;
        if (next > 0) {
            x = x + direction * next;
            if (previous.defined())
                x = x + (direction - previous) * ((gamma - 1) * (next - sigmas[i]));
        }
        context.on_step({int(i), sigmas[i], x, estimate.guided});
        previous = direction;
    }
    return x;
}

}  // namespace

torch::Tensor sample_gradient_estimation(const Denoiser& denoise, torch::Tensor x,
                                         std::span<const double> sigmas,
                                         const SamplerContext& context) {
    return gradient_estimation(denoise, x, sigmas, context, false);
}

torch::Tensor sample_gradient_estimation_cfg_pp(const Denoiser& denoise, torch::Tensor x,
                                                std::span<const double> sigmas,
                                                const SamplerContext& context) {
    return gradient_estimation(denoise, x, sigmas, context, true);
}

}  // namespace diffusion::sampling
