#include <algorithm>
#include <cmath>

#include "diffusion/sampling/algorithms.h"
#include "diffusion/sampling/schedule_formulas.h"

namespace diffusion::sampling {

/// Karras et al. 2022, algorithm 2: Euler's step, corrected by the slope at its end.
torch::Tensor sample_heun(const Denoiser& denoise, torch::Tensor x, std::span<const double> sigmas,
                          const SamplerContext& context) {
    for (size_t i = 0; i + 1 < sigmas.size(); ++i) {
        const double next = sigmas[i + 1];
        const auto start = churned(x, sigmas[i], sigmas.size() - 1, context);
        const auto denoised = denoise(start.x, start.sigma);
        const auto first = slope(start.x, denoised, start.sigma);
        x = start.x + first * (next - start.sigma);
        if (next > 0) {
            const auto second = slope(x, denoise(x, next), next);
            x = start.x + (first + second) * ((next - start.sigma) / 2);
        }
        context.on_step({int(i), sigmas[i], x, denoised});
    }
    return x;
}

/// Heun++ (Carzit 2023): three slopes ahead, weighed by their sigmas; two in the step before the
/// last, one in the last.
torch::Tensor sample_heunpp2(const Denoiser& denoise, torch::Tensor x,
                             std::span<const double> sigmas, const SamplerContext& context) {
    const size_t steps = sigmas.size() - 1;
    for (size_t i = 0; i < steps; ++i) {
        const auto start = churned(x, sigmas[i], steps, context);
        const auto denoised = denoise(start.x, start.sigma);
        const auto first = slope(start.x, denoised, start.sigma);
        const size_t ahead = std::min<size_t>(2, steps - 1 - i);
        const double whole = static_cast<double>(ahead + 1) * sigmas[0];
        auto average = first;
        auto slope_here = first;
        auto point = start.x;
        double at = start.sigma;
        for (size_t k = 1; k <= ahead; ++k) {
            point = point + slope_here * (sigmas[i + k] - at);
            at = sigmas[i + k];
            slope_here = slope(point, denoise(point, at), at);
            average = average + (slope_here - first) * (at / whole);
        }
        x = start.x + average * (sigmas[i + 1] - start.sigma);
        context.on_step({int(i), sigmas[i], x, denoised});
    }
    return x;
}

namespace {

struct Leap {
    double from;
    double to;
};

/// The steps of Xu et al. 2023 as A1111 chooses them: from 20 steps on, nine (from 36 on, a quarter
/// of all) of them are spent on going back up from 0.1 to 2 and down again.
std::vector<Leap> restart_leaps(std::span<const double> sigmas) {
    const int steps = static_cast<int>(sigmas.size()) - 1;
    std::vector<double> base(sigmas.begin(), sigmas.end());
    const int times = steps >= 36 ? 2 : steps >= 20 ? 1 : 0;
    const int restart_steps = steps >= 36 ? steps / 4 : 9;
    if (times > 0) {
        base = karras_sigmas(steps - restart_steps * times, sigmas[steps - 1], sigmas[0]);
        base.push_back(0.0);
    }
    const auto nearest = [&base](double wanted) {
        return std::ranges::min_element(
            base, {}, [wanted](double sigma) { return std::abs(sigma - wanted); });
    };
    const auto low = nearest(0.1);
    const auto again = karras_sigmas(restart_steps + 1, *low, *nearest(2.0));
    std::vector<Leap> leaps;
    for (auto sigma = base.begin(); sigma + 1 != base.end(); ++sigma) {
        leaps.push_back({*sigma, *(sigma + 1)});
        if (sigma + 1 != low) continue;
        for (int time = 0; time < times; ++time)
            for (int k = 0; k < restart_steps; ++k) leaps.push_back({again[k], again[k + 1]});
    }
    return leaps;
}

}  // namespace

/// Restart sampling: Heun's steps, with noise that lifts x wherever a step starts above the last.
torch::Tensor sample_restart(const Denoiser& denoise, torch::Tensor x,
                             std::span<const double> sigmas, const SamplerContext& context) {
    double last = sigmas[0];
    int index = 0;
    for (const auto& leap : restart_leaps(sigmas)) {
        if (leap.from > last * (1 + 1e-12))
            x = with_noise(x, std::sqrt(leap.from * leap.from - last * last), last, leap.from,
                           context);
        const auto denoised = denoise(x, leap.from);
        const auto first = slope(x, denoised, leap.from);
        const auto end = x + first * (leap.to - leap.from);
        x = leap.to > 0 ? x + (first + slope(end, denoise(end, leap.to), leap.to)) *
                                  ((leap.to - leap.from) / 2)
                        : end;
        context.on_step({index++, leap.from, x, denoised});
        last = leap.to;
    }
    return x;
}

}  // namespace diffusion::sampling
