#include <algorithm>
#include <cmath>
#include <deque>

#include "diffusion/sampling/algorithms.h"

namespace diffusion::sampling {

namespace {

struct Point {
    torch::Tensor denoised;
    double lambda;
};

/// Xue et al. 2023, eq. 15 and 18: the integral over the step of the polynomial through the newest
/// `order` estimates, under the kernel of an SDE of strength tau.
torch::Tensor adams_term(const std::deque<Point>& points, int order, double lambda_start,
                         double lambda_end, double tau) {
    const double rate = 1 + tau * tau;
    const double h = lambda_end - lambda_start;
    std::vector<double> nodes;
    std::vector<double> moments;
    for (int p = 0; p < order; ++p) {
        nodes.push_back(points[p].lambda - lambda_end);
        // rate * integral of e^(rate t) t^p from -h to 0, by parts.
        const double boundary = (p == 0 ? 1.0 : 0.0) - std::pow(-h, p) * std::exp(-rate * h);
        moments.push_back(p == 0 ? boundary : boundary - p / rate * moments.back());
    }
    const auto weights = quadrature_weights(nodes, moments);
    auto sum = points[0].denoised * weights[0];
    for (int k = 1; k < order; ++k) sum = sum + points[k].denoised * weights[k];
    return sum;
}

/// Stochastic Adams: a predictor of order 3 and a corrector of order 4 that shares the predictor's
/// noise. Noise (tau = eta) only between 20 % and 80 % of the training steps.
torch::Tensor sa_solver(const Denoiser& denoise, torch::Tensor x, std::span<const double> sigmas,
                        const SamplerContext& context, bool evaluates_twice) {
    constexpr int predictor_order = 3;
    constexpr int corrector_order = 4;
    const int steps = static_cast<int>(sigmas.size()) - 1;
    const bool lowers_order = !(sigmas.back() > 0);
    const auto& schedule = denoise.schedule();
    // Schedules may hit the two ends exactly, but for rounding; then they count as inside.
    const double high = schedule.sigma_of((schedule.size() - 1) * 0.8) * (1 + 1e-6);
    const double low = schedule.sigma_of((schedule.size() - 1) * 0.2) * (1 - 1e-6);
    std::deque<Point> points;
    auto predicted = x;
    torch::Tensor noise;
    double tau = 0.0;
    for (int i = 0; i < steps; ++i) {
        const double sigma = sigmas[i];
        const double lambda = -std::log(sigma);
        auto denoised = denoise(predicted, sigma);
        points.push_front({denoised, lambda});
        if (points.size() > corrector_order) points.pop_back();
        const int known = static_cast<int>(points.size());
        const bool skips_corrector = i == 0 || (!(sigmas[i + 1] > 0) && !evaluates_twice);
        int order = skips_corrector ? 0 : std::min(corrector_order, known);
        if (lowers_order) order = std::min(order, steps - i);
        if (order > 0) {
            const double before = -std::log(sigmas[i - 1]);
            x = x * (sigma / sigmas[i - 1] * std::exp(-tau * tau * (lambda - before))) +
                adams_term(points, order, before, lambda, tau);
            if (noise.defined()) x = x + noise;
            if (evaluates_twice) points[0].denoised = denoised = denoise(x, sigma);
        } else {
            x = predicted;
        }
        noise = torch::Tensor();
        if (sigmas[i + 1] > 0) {
            const double next = -std::log(sigmas[i + 1]);
            tau = sigmas[i + 1] <= high && sigmas[i + 1] >= low ? context.eta_or(1.0) : 0.0;
            order = std::min(predictor_order, known);
            if (lowers_order) order = std::min(order, steps - 1 - i);
            predicted = x * (sigmas[i + 1] / sigma * std::exp(-tau * tau * (next - lambda))) +
                        adams_term(points, order, lambda, next, tau);
            const double variance = -std::expm1(-2 * tau * tau * (next - lambda));
            if (tau > 0 && context.s_noise > 0) {
                noise = noise_like(x, sigma, sigmas[i + 1], context) *
                        (sigmas[i + 1] * std::sqrt(variance) * context.s_noise);
                predicted = predicted + noise;
            }
        } else {
            predicted = denoised;
        }
        context.on_step({i, sigma, predicted, denoised});
    }
    return predicted;
}

}  // namespace

torch::Tensor sample_sa_solver(const Denoiser& denoise, torch::Tensor x,
                               std::span<const double> sigmas, const SamplerContext& context) {
    return sa_solver(denoise, x, sigmas, context, false);
}

torch::Tensor sample_sa_solver_pece(const Denoiser& denoise, torch::Tensor x,
                                    std::span<const double> sigmas, const SamplerContext& context) {
    return sa_solver(denoise, x, sigmas, context, true);
}

}  // namespace diffusion::sampling
