#include "diffusion/sampling/algorithms.h"

#include <algorithm>
#include <cmath>

#include "diffusion/error.h"

namespace diffusion::sampling {

AncestralSplit ancestral_split(double sigma, double sigma_next, double eta) {
    if (eta == 0) return {sigma_next, 0.0};
    const double ratio = sigma_next / sigma;
    const double up =
        std::min(sigma_next, eta * sigma_next * std::sqrt(std::max(0.0, 1.0 - ratio * ratio)));
    return {std::sqrt((sigma_next - up) * (sigma_next + up)), up};
}

torch::Tensor slope(const torch::Tensor& x, const torch::Tensor& denoised, double sigma) {
    return (x - denoised) / sigma;
}

torch::Tensor noise_like(const torch::Tensor& x, double sigma, double sigma_next,
                         const SamplerContext& context) {
    if (!context.noise) throw Error(ErrorKind::internal, "the sampler was given no source of noise");
    return context.noise(sigma, sigma_next).to(x.device(), x.scalar_type());
}

Churned churned(const torch::Tensor& x, double sigma, size_t step_count,
                const SamplerContext& context) {
    if (context.s_churn <= 0) return {x, sigma};
    // Drawn at every step, used or not, so that the stream does not depend on s_tmin and s_tmax.
    const auto noise = noise_like(x, sigma, sigma, context);
    if (sigma < context.s_tmin || sigma > context.s_tmax) return {x, sigma};
    const double gamma =
        std::min(context.s_churn / static_cast<double>(step_count), std::sqrt(2.0) - 1.0);
    const double raised = sigma * (gamma + 1.0);
    const double deviation = std::sqrt(raised * raised - sigma * sigma);
    return {x + noise * (context.s_noise * deviation), raised};
}

}  // namespace diffusion::sampling
