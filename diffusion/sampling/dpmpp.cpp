#include <algorithm>
#include <cmath>

#include "diffusion/sampling/algorithms.h"

namespace diffusion::sampling {

namespace {

/// An estimate and the length of the step that was made from it.
struct Past {
    torch::Tensor denoised;
    double h;
};

/// What the history adds to a first order step of total length H = h (1 + eta).
torch::Tensor history_term(const torch::Tensor& denoised, const std::vector<Past>& past, double h,
                           double length, int order, bool heun) {
    const double r0 = past.back().h / h;
    const double phi_2 = std::expm1(-length) / length + 1;
    const auto recent = (denoised - past.back().denoised) / r0;
    if (order == 2) return recent * (heun ? phi_2 : -0.5 * std::expm1(-length));
    const auto& older = past[past.size() - 2];
    const double r1 = older.h / h;
    const double phi_3 = phi_2 / length - 0.5;
    const auto change = recent - (past.back().denoised - older.denoised) / r1;
    return (recent + change * (r0 / (r0 + r1))) * phi_2 - change * (phi_3 / (r0 + r1));
}

}  // namespace

torch::Tensor dpmpp_multistep(const Denoiser& denoise, torch::Tensor x,
                              std::span<const double> sigmas, const SamplerContext& context,
                              const MultistepOptions& options) {
    const int steps = static_cast<int>(sigmas.size()) - 1;
    std::vector<Past> past;
    for (int i = 0; i < steps; ++i) {
        const double next = sigmas[i + 1];
        const auto denoised = denoise(x, sigmas[i]);
        const double h = std::log(sigmas[i] / next);  // infinite in a step to 0
        int order = std::min({options.order, i + 1, 3});
        if (options.first_order_last) order = std::min(order, steps - i);
        if (options.euler_last && i + 1 == steps) order = 1;
        if (next > 0) {
            const double length = h * (1 + options.eta);
            x = x * (next / sigmas[i] * std::exp(-h * options.eta)) -
                denoised * std::expm1(-length);
            if (order > 1) x = x + history_term(denoised, past, h, length, order, options.heun);
            x = with_noise(x, next * std::sqrt(-std::expm1(-2 * h * options.eta)), sigmas[i], next,
                           context);
        } else {
            x = denoised;
        }
        context.on_step({i, sigmas[i], x, denoised});
        past.push_back({denoised, h});
        if (past.size() > 2) past.erase(past.begin());
    }
    return x;
}

/// DPM-Solver++(2M), Lu et al. 2022b, algorithm 2.
torch::Tensor sample_dpmpp_2m(const Denoiser& denoise, torch::Tensor x,
                              std::span<const double> sigmas, const SamplerContext& context) {
    return dpmpp_multistep(denoise, x, sigmas, context, {.order = 2});
}

torch::Tensor sample_dpmpp_2m_sde(const Denoiser& denoise, torch::Tensor x,
                                  std::span<const double> sigmas, const SamplerContext& context) {
    return dpmpp_multistep(denoise, x, sigmas, context, {.order = 2, .eta = context.eta_or(1.0)});
}

torch::Tensor sample_dpmpp_2m_sde_heun(const Denoiser& denoise, torch::Tensor x,
                                       std::span<const double> sigmas,
                                       const SamplerContext& context) {
    return dpmpp_multistep(denoise, x, sigmas, context,
                           {.order = 2, .heun = true, .eta = context.eta_or(1.0)});
}

torch::Tensor sample_dpmpp_3m_sde(const Denoiser& denoise, torch::Tensor x,
                                  std::span<const double> sigmas, const SamplerContext& context) {
    return dpmpp_multistep(denoise, x, sigmas, context,
                           {.order = 3, .heun = true, .eta = context.eta_or(1.0)});
}

/// DPM++ 2M whose history and slope are those of the unconditional estimate.
torch::Tensor sample_dpmpp_2m_cfg_pp(const Denoiser& denoise, torch::Tensor x,
                                     std::span<const double> sigmas, const SamplerContext& context) {
    torch::Tensor previous;
    double h_last = 0.0;
    for (size_t i = 0; i + 1 < sigmas.size(); ++i) {
        const auto [guided, unconditional] = denoise.both(x, sigmas[i]);
        const double ratio = sigmas[i + 1] / sigmas[i];
        const double h = -std::log(ratio);
        auto next = guided + (x - unconditional) * ratio;
        if (previous.defined() && ratio > 0)
            next = next - (guided - previous) * (std::expm1(-h) * h / (2 * h_last));
        x = next;
        context.on_step({int(i), sigmas[i], x, guided});
        previous = unconditional;
        h_last = h;
    }
    return x;
}

}  // namespace diffusion::sampling
