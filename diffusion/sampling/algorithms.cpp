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

torch::Tensor with_noise(const torch::Tensor& x, double deviation, double sigma, double sigma_next,
                         const SamplerContext& context) {
    if (!(deviation > 0) || context.s_noise == 0) return x;
    return x + noise_like(x, sigma, sigma_next, context) * (context.s_noise * deviation);
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

std::vector<double> quadrature_weights(const std::vector<double>& nodes,
                                       const std::vector<double>& moments) {
    std::vector<double> weights;
    for (size_t j = 0; j < nodes.size(); ++j) {
        // Lagrange's polynomial that is 1 at node j and 0 at the others, by powers of t.
        std::vector<double> polynomial = {1.0};
        for (size_t k = 0; k < nodes.size(); ++k) {
            if (k == j) continue;
            polynomial.push_back(0.0);
            for (size_t p = polynomial.size(); p-- > 0;)
                polynomial[p] = ((p > 0 ? polynomial[p - 1] : 0.0) - nodes[k] * polynomial[p]) /
                                (nodes[j] - nodes[k]);
        }
        double weight = 0.0;
        for (size_t p = 0; p < polynomial.size(); ++p) weight += polynomial[p] * moments[p];
        weights.push_back(weight);
    }
    return weights;
}

}  // namespace diffusion::sampling
