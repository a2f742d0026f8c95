#include <cmath>

#include "diffusion/sampling/algorithms.h"

// SEEDS (Gonzalez et al. 2023), data prediction: exponential Runge-Kutta steps of the SDE whose
// noise is one Brownian path through the stages.

namespace diffusion::sampling {

namespace {

/// h phi_1(h) and h phi_2(h) of exponential integrators.
double h_phi_1(double h) { return std::expm1(h); }

double h_phi_2(double h) { return (std::expm1(h) - h) / h; }

/// One step from sigma over shares r of its length in lambda.
class StagedStep {
public:
    StagedStep(const torch::Tensor& x, double sigma, double next, double eta,
               const SamplerContext& context)
        : x_(x), sigma_(sigma), h_(std::log(sigma / next)), eta_(eta), context_(context) {}

    double sigma_at(double r) const { return sigma_ * std::exp(-r * h_); }

    /// -r h (1 + eta): the argument of the phi functions for a stage.
    double argument(double r) const { return -r * h_ * (1 + eta_); }

    /// The stage's x: decayed start, weighed estimates and the noise of the path up to there.
    torch::Tensor stage(double r, const torch::Tensor& estimates) {
        const auto x = x_ * (sigma_at(r) / sigma_ * std::exp(-r * h_ * eta_)) - estimates;
        if (!(eta_ > 0) || context_.s_noise == 0) return x;
        const double part = (r_last_ - r) * h_ * eta_;
        const auto fresh = noise_like(x, sigma_at(r_last_), sigma_at(r), context_) *
                           std::sqrt(-std::expm1(2 * part));
        noise_ = noise_.defined() ? noise_ * std::exp(part) + fresh : fresh;
        r_last_ = r;
        return x + noise_ * (sigma_at(r) * context_.s_noise);
    }

private:
    torch::Tensor x_;
    double sigma_;
    double h_;
    double eta_;
    const SamplerContext& context_;
    torch::Tensor noise_;
    double r_last_ = 0.0;
};

}  // namespace

torch::Tensor sample_seeds_2(const Denoiser& denoise, torch::Tensor x,
                             std::span<const double> sigmas, const SamplerContext& context) {
    constexpr double r = 0.5;
    for (size_t i = 0; i + 1 < sigmas.size(); ++i) {
        const auto denoised = denoise(x, sigmas[i]);
        auto end = denoised;
        if (sigmas[i + 1] > 0) {
            StagedStep step(x, sigmas[i], sigmas[i + 1], context.eta_or(1.0), context);
            const auto middle = step.stage(r, denoised * h_phi_1(step.argument(r)));
            const auto estimate = denoise(middle, step.sigma_at(r));
            end = step.stage(1.0, estimate * h_phi_1(step.argument(1.0)));
        }
        x = end;
        context.on_step({int(i), sigmas[i], x, denoised});
    }
    return x;
}

torch::Tensor sample_seeds_3(const Denoiser& denoise, torch::Tensor x,
                             std::span<const double> sigmas, const SamplerContext& context) {
    constexpr double r1 = 1.0 / 3;
    constexpr double r2 = 2.0 / 3;
    for (size_t i = 0; i + 1 < sigmas.size(); ++i) {
        const auto denoised = denoise(x, sigmas[i]);
        auto end = denoised;
        if (sigmas[i + 1] > 0) {
            StagedStep step(x, sigmas[i], sigmas[i + 1], context.eta_or(1.0), context);
            const auto second = denoise(step.stage(r1, denoised * h_phi_1(step.argument(r1))),
                                        step.sigma_at(r1));
            const double a2 = r2 / r1 * h_phi_2(step.argument(r2));
            const double a1 = h_phi_1(step.argument(r2)) - a2;
            const auto third =
                denoise(step.stage(r2, denoised * a1 + second * a2), step.sigma_at(r2));
            const double b3 = h_phi_2(step.argument(1.0)) / r2;
            const double b1 = h_phi_1(step.argument(1.0)) - b3;
            end = step.stage(1.0, denoised * b1 + third * b3);
        }
        x = end;
        context.on_step({int(i), sigmas[i], x, denoised});
    }
    return x;
}

}  // namespace diffusion::sampling
