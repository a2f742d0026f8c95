#include "diffusion/sampling/held_region.h"

#include <gtest/gtest.h>

#include "diffusion/sampling/diffusers.h"
#include "diffusion/sampling/schedule.h"

namespace diffusion::sampling {
namespace {

/// Top row held, middle row mixed, bottom row made anew.
HeldRegion region() {
    HeldRegion held;
    held.clean = torch::full({1, 1, 3, 2}, 5.0, torch::kDouble);
    held.noise = torch::full({1, 1, 3, 2}, 0.25, torch::kDouble);
    held.repaint = torch::tensor({0.0, 0.0, 0.5, 0.5, 1.0, 1.0}, torch::kDouble).view({1, 1, 3, 2});
    return held;
}

double row(const torch::Tensor& x, int64_t index) { return x[0][0][index][1].item<double>(); }

TEST(HeldRegion, PutsBackWhatIsHeldAtTheNoiseLevel) {
    const auto x = torch::full({1, 1, 3, 2}, 1.0, torch::kDouble);
    const auto noisy = region().put_back(x, 8.0);
    EXPECT_DOUBLE_EQ(row(noisy, 0), 7.0);
    EXPECT_DOUBLE_EQ(row(noisy, 1), 4.0);
    EXPECT_DOUBLE_EQ(row(noisy, 2), 1.0);
    EXPECT_DOUBLE_EQ(row(region().put_back(x, 0.0), 0), 5.0);
}

TEST(HeldRegion, ADenoiserHoldsTheCleanPicture) {
    Denoiser denoise([](const torch::Tensor& x, double) { return x * 0 + 2; });
    denoise.hold(region());
    const auto denoised = denoise(torch::zeros({1, 1, 3, 2}, torch::kDouble), 9.0);
    EXPECT_DOUBLE_EQ(row(denoised, 0), 5.0);
    EXPECT_DOUBLE_EQ(row(denoised, 1), 3.5);
    EXPECT_DOUBLE_EQ(row(denoised, 2), 2.0);
}

/// diffusers' way: each call of the network sees the held part with the noise of its level.
void expect_held_in_every_call(const char* scheduler) {
    DiffusersConfig config;
    config.scheduler = scheduler;
    const auto run = diffusers_run(config, 7);
    std::vector<double> sigmas;
    std::vector<double> seen;
    const Denoiser denoise([&](const torch::Tensor& x, double sigma) {
        sigmas.push_back(sigma);
        seen.push_back(row(x, 0));
        return x * 0.1;
    });
    std::vector<double> reported;
    SamplerContext context;
    context.on_step = [&](const Step& step) { reported.push_back(row(step.x, 0)); };
    const auto start = torch::full({1, 1, 3, 2}, run.init_noise_sigma, torch::kDouble);
    const auto end = run.sample(denoise, start, context, region());
    ASSERT_GE(seen.size(), 7u);
    for (size_t i = 1; i < seen.size(); ++i) EXPECT_NEAR(seen[i], 5 + 0.25 * sigmas[i], 1e-9) << i;
    EXPECT_DOUBLE_EQ(row(end, 0), 5.0);
    EXPECT_NE(row(end, 2), 5.0);
    EXPECT_DOUBLE_EQ(reported.back(), 5.0);
}

TEST(HeldRegion, DiffusersRunsHoldItInEveryCall) {
    for (const char* scheduler : {"EulerDiscreteScheduler", "DDIMScheduler", "HeunDiscreteScheduler",
                                  "PNDMScheduler", "DPMSolverMultistepScheduler"}) {
        SCOPED_TRACE(scheduler);
        expect_held_in_every_call(scheduler);
    }
}

TEST(DiffusersRun, HandsOverWhereTheOtherTakesUp) {
    DiffusersConfig config;
    const auto run = diffusers_run(config, 10);
    // Of the timesteps 901, 801, ..., 1 six are at 400 or above.
    EXPECT_EQ(run.steps_before(0.6), 6);
    const auto first = run.until_step(run.steps_before(0.6));
    const auto second = run.from_step(run.steps_before(0.6));
    EXPECT_DOUBLE_EQ(first.walk.back(), second.walk.front());
    EXPECT_EQ(first.walk_timesteps.size() + second.walk_timesteps.size(), 10u);
    // An Euler step depends on nothing before it, so both halves make the whole.
    const Denoiser denoise([](const torch::Tensor& x, double sigma) { return x / (1 + sigma * sigma); });
    const auto x = torch::full({1, 1, 1, 1}, 3.0, torch::kDouble);
    const auto halves = second.sample(denoise, first.sample(denoise, x, {}), {});
    EXPECT_DOUBLE_EQ(halves.item<double>(), run.sample(denoise, x, {}).item<double>());
}

}  // namespace
}  // namespace diffusion::sampling
