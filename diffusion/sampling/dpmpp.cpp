#include <cmath>

#include "diffusion/sampling/algorithms.h"

namespace diffusion::sampling {

/// DPM-Solver++(2M), Lu et al. 2022b, algorithm 2: second order from the previous step's estimate.
torch::Tensor sample_dpmpp_2m(const Denoiser& denoise, torch::Tensor x,
                              std::span<const double> sigmas, const SamplerContext& context) {
    torch::Tensor previous;
    double h_last = 0.0;
    for (size_t i = 0; i + 1 < sigmas.size(); ++i) {
        const auto denoised = denoise(x, sigmas[i]);
        const double h = std::log(sigmas[i] / sigmas[i + 1]);  // infinite in a step to 0
        auto target = denoised;
        if (previous.defined() && sigmas[i + 1] > 0) {
            const double r = h_last / h;
            target = denoised * (1 + 1 / (2 * r)) - previous / (2 * r);
        }
        x = x * (sigmas[i + 1] / sigmas[i]) - target * std::expm1(-h);
        context.on_step({int(i), sigmas[i], x, denoised});
        previous = denoised;
        h_last = h;
    }
    return x;
}

}  // namespace diffusion::sampling
