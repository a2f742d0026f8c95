#include <algorithm>
#include <cmath>

#include "diffusion/sampling/algorithms.h"

// Samplers after DPM-Solver (Lu et al. 2022a), which works with the slope ("epsilon") rather than
// with the denoised latent.

namespace diffusion::sampling {

/// The slope at the geometric middle of the step, found by Euler's half step.
torch::Tensor sample_dpm_2(const Denoiser& denoise, torch::Tensor x, std::span<const double> sigmas,
                           const SamplerContext& context) {
    for (size_t i = 0; i + 1 < sigmas.size(); ++i) {
        const double next = sigmas[i + 1];
        const auto [start, sigma] = churned(x, sigmas[i], sigmas.size() - 1, context);
        const auto denoised = denoise(start, sigma);
        auto direction = slope(start, denoised, sigma);
        if (next > 0) {
            const double middle = std::sqrt(sigma * next);
            const auto half = start + direction * (middle - sigma);
            direction = slope(half, denoise(half, middle), middle);
        }
        x = start + direction * (next - sigma);
        context.on_step({int(i), sigmas[i], x, denoised});
    }
    return x;
}

torch::Tensor sample_dpm_2_ancestral(const Denoiser& denoise, torch::Tensor x,
                                     std::span<const double> sigmas,
                                     const SamplerContext& context) {
    for (size_t i = 0; i + 1 < sigmas.size(); ++i) {
        const double sigma = sigmas[i];
        const auto denoised = denoise(x, sigma);
        const auto [down, up] = ancestral_split(sigma, sigmas[i + 1], context.eta_or(1.0));
        auto direction = slope(x, denoised, sigma);
        if (down > 0) {
            const double middle = std::sqrt(sigma * down);
            const auto half = x + direction * (middle - sigma);
            direction = slope(half, denoise(half, middle), middle);
        }
        x = with_noise(x + direction * (down - sigma), up, sigma, sigmas[i + 1], context);
        context.on_step({int(i), sigma, x, denoised});
    }
    return x;
}

namespace {

/// One step of DPM-Solver in lambda = -ln sigma, remembering the slopes that it has evaluated.
class SingleStep {
public:
    SingleStep(const Denoiser& denoise, const torch::Tensor& x, double lambda, double lambda_next)
        : denoise_(denoise), x_(x), lambda_(lambda), h_(lambda_next - lambda) {
        denoised = denoise(x, sigma_at(0));
        first_ = slope(x, denoised, sigma_at(0));
    }

    torch::Tensor first_order() const { return x_ - first_ * (sigma_at(1) * std::expm1(h_)); }

    torch::Tensor second_order(double r1) {
        const double factor = sigma_at(1) * std::expm1(h_);
        return x_ - first_ * factor - (second(r1) - first_) * (factor / (2 * r1));
    }

    torch::Tensor third_order() {
        constexpr double r1 = 1.0 / 3;
        constexpr double r2 = 2.0 / 3;
        const auto change = second(r1) - first_;
        const double e2 = std::expm1(r2 * h_);
        const auto u2 = x_ - first_ * (sigma_at(r2) * e2) -
                        change * (sigma_at(r2) * (r2 / r1) * (e2 / (r2 * h_) - 1));
        const auto third = slope(u2, denoise_(u2, sigma_at(r2)), sigma_at(r2));
        const double e = std::expm1(h_);
        return x_ - first_ * (sigma_at(1) * e) -
               (third - first_) * (sigma_at(1) / r2 * (e / h_ - 1));
    }

    torch::Tensor denoised;

private:
    double sigma_at(double share) const { return std::exp(-(lambda_ + share * h_)); }

    torch::Tensor second(double r1) {
        if (second_.defined()) return second_;
        const auto u1 = x_ - first_ * (sigma_at(r1) * std::expm1(r1 * h_));
        return second_ = slope(u1, denoise_(u1, sigma_at(r1)), sigma_at(r1));
    }

    const Denoiser& denoise_;
    torch::Tensor x_;
    double lambda_;
    double h_;
    torch::Tensor first_;
    torch::Tensor second_;
};

/// With noise, a step goes down to `lambda` only and `up` is added; it never passes the end.
struct NoisyEnd {
    double lambda;
    double up;
};

NoisyEnd noisy_end(double lambda, double lambda_next, double lambda_end, double eta) {
    if (eta == 0) return {lambda_next, 0.0};
    const double sigma_next = std::exp(-lambda_next);
    const double down = ancestral_split(std::exp(-lambda), sigma_next, eta).down;
    const double target = std::min(lambda_end, -std::log(down));
    const double sigma_target = std::exp(-target);
    return {target, std::sqrt(std::max(0.0, sigma_next * sigma_next - sigma_target * sigma_target))};
}

double last_positive(std::span<const double> sigmas) {
    return sigmas.back() > 0 ? sigmas.back() : sigmas[sigmas.size() - 2];
}

}  // namespace

/// DPM-Solver-fast: the number of steps is the number of network calls, spent on third order steps
/// of equal length in lambda with lower orders at the end; stops at the last positive sigma.
torch::Tensor sample_dpm_fast(const Denoiser& denoise, torch::Tensor x,
                              std::span<const double> sigmas, const SamplerContext& context) {
    const int calls = static_cast<int>(sigmas.size()) - 1;
    const double start = -std::log(sigmas[0]);
    const double end = -std::log(last_positive(sigmas));
    const int steps = calls / 3 + 1;
    int left = calls;
    for (int i = 0; i < steps && left > 0; ++i) {
        const double lambda = std::lerp(start, end, static_cast<double>(i) / steps);
        const double next = std::lerp(start, end, static_cast<double>(i + 1) / steps);
        const auto target = noisy_end(lambda, next, end, context.eta_or(0.0));
        // n = 3k ends in orders 2, 1; otherwise the last step takes what is left.
        const int order = left > 3 ? 3 : left == 3 ? (i + 2 == steps ? 2 : 3) : left;
        SingleStep step(denoise, x, lambda, target.lambda);
        x = order == 1   ? step.first_order()
            : order == 2 ? step.second_order(0.5)
                         : step.third_order();
        left -= order;
        x = with_noise(x, target.up, std::exp(-lambda), std::exp(-next), context);
        context.on_step({i, std::exp(-lambda), x, step.denoised});
    }
    return x;
}

/// DPM-Solver-12 or -23 with step sizes chosen by the error between its two orders.
torch::Tensor sample_dpm_adaptive(const Denoiser& denoise, torch::Tensor x,
                                  std::span<const double> sigmas, const SamplerContext& context) {
    constexpr double accept_safety = 0.81;
    const double eta = context.eta_or(0.0);
    const int order = context.order == 2 ? 2 : 3;
    const double exponent = 1.0 / (eta > 0 ? 1.5 : order);
    const double end = -std::log(last_positive(sigmas));
    double lambda = -std::log(sigmas[0]);
    double h = 0.05;
    auto previous = x;
    for (int attempt = 0; lambda < end - 1e-5; ++attempt) {
        const double next = std::min(end, lambda + h);
        const auto target = noisy_end(lambda, next, end, eta);
        SingleStep step(denoise, x, lambda, target.lambda);
        const auto low = order == 2 ? step.first_order() : step.second_order(1.0 / 3);
        const auto high = order == 2 ? step.second_order(0.5) : step.third_order();
        const auto scale =
            (torch::maximum(low.abs(), previous.abs()) * context.rtol).clamp_min(context.atol);
        const double error = ((low - high) / scale).norm().item<double>() /
                             std::sqrt(static_cast<double>(x.numel()));
        const double factor = 1 + std::atan(std::pow(1 / (error + 1e-8), exponent) - 1);
        const double sigma = std::exp(-lambda);
        if (factor >= accept_safety) {
            previous = low;
            x = with_noise(high, target.up, sigma, std::exp(-next), context);
            lambda = next;
        }
        h *= factor;
        context.on_step({attempt, sigma, x, step.denoised});
    }
    return x;
}

}  // namespace diffusion::sampling
