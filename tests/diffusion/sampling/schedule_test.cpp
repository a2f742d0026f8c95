#include <gtest/gtest.h>

#include <cmath>

#include "diffusion/error.h"
#include "diffusion/sampling/beta_distribution.h"
#include "diffusion/sampling/diffusers.h"
#include "diffusion/sampling/noise_schedule.h"
#include "diffusion/sampling/schedule.h"

namespace diffusion::sampling {
namespace {

template <class Function>
std::string message_of(const Function& function) {
    try {
        function();
    } catch (const Error& error) {
        EXPECT_EQ(error.kind(), ErrorKind::bad_request);
        return error.what();
    }
    ADD_FAILURE() << "no error";
    return "";
}

TEST(NoiseSchedule, HasThePublishedLevels) {
    const auto noise = NoiseSchedule::scaled_linear();
    EXPECT_NEAR(noise.alphas_cumprod()[0], 0.99915, 1e-12);
    EXPECT_NEAR(noise.sigmas()[100], 0.34393123, 1e-8);
    EXPECT_NEAR(noise.sigmas()[750], 4.09916405, 1e-8);
    EXPECT_NEAR(noise.sigma_max(), 14.61464123, 1e-8);
    EXPECT_NEAR(noise.alphas_cumprod()[999], 0.0046600985, 1e-10);
}

TEST(NoiseSchedule, FindsEverySigmaAtItsTimestep) {
    const auto noise = NoiseSchedule::scaled_linear();
    for (double t = 0; t <= 999; t += 0.37) {
        EXPECT_NEAR(noise.timestep_of(noise.sigma_of(t)), t, 1e-9);
        EXPECT_EQ(noise.nearest_timestep(noise.sigma_of(std::round(t))), int(std::round(t)));
    }
    EXPECT_EQ(noise.timestep_of(1e-6), 0.0);
    EXPECT_EQ(noise.timestep_of(1e6), 999.0);
}

TEST(NoiseSchedule, RescalesToAlmostPureNoise) {
    const auto noise = NoiseSchedule::scaled_linear(0.00085, 0.012, 1000, true);
    EXPECT_NEAR(noise.sigma_max(), 4518.76, 0.01);
    EXPECT_NEAR(noise.alphas_cumprod()[0], 0.99915, 1e-12);
}

TEST(NoiseSchedule, RefusesLevelsThatDoNotDescend) {
    EXPECT_NE(message_of([] { NoiseSchedule::from_alphas_cumprod({0.9, 0.95}); }).find("0.95"),
              std::string::npos);
    message_of([] { NoiseSchedule::from_alphas_cumprod({0.9, 0.0}); });
    message_of([] { NoiseSchedule::linear(0.5, 0.1); });
}

TEST(BetaQuantile, HasKnownValues) {
    EXPECT_NEAR(beta_quantile(0.1, 0.6, 0.6), 0.03958441, 1e-8);
    EXPECT_NEAR(beta_quantile(0.25, 0.6, 0.6), 0.17568038, 1e-8);
    EXPECT_NEAR(beta_quantile(0.5, 0.6, 0.6), 0.5, 1e-12);
    EXPECT_NEAR(beta_quantile(0.3, 1, 1), 0.3, 1e-12);
    EXPECT_NEAR(beta_quantile(0.3, 2, 1), std::sqrt(0.3), 1e-12);
    EXPECT_NEAR(beta_quantile(0.9, 0.5, 0.7) + beta_quantile(0.1, 0.7, 0.5), 1.0, 1e-12);
}

TEST(Schedules, DescendForAnyNumberOfSteps) {
    const auto noise = NoiseSchedule::scaled_linear();
    for (const auto& row : schedules())
        for (const int steps : {1, 2, 3, 7, 20, 150}) {
            const auto sigmas = make_schedule(row.name, steps, noise);
            ASSERT_GE(sigmas.size(), 2u) << row.name;
            for (size_t i = 0; i + 1 < sigmas.size(); ++i) {
                EXPECT_TRUE(std::isfinite(sigmas[i])) << row.name << " " << steps;
                EXPECT_GE(sigmas[i], sigmas[i + 1]) << row.name << " " << steps;
            }
        }
}

TEST(Schedules, KarrasHasItsPublishedValues) {
    const auto sigmas = make_schedule("Karras", 10, NoiseSchedule::scaled_linear());
    ASSERT_EQ(sigmas.size(), 11u);
    EXPECT_NEAR(sigmas[1], 9.102928, 1e-5);
    EXPECT_NEAR(sigmas[5], 0.914072, 1e-5);
    EXPECT_EQ(sigmas[10], 0.0);
}

TEST(Schedules, MayBeTypedAsNumbers) {
    const auto noise = NoiseSchedule::scaled_linear();
    EXPECT_EQ(make_schedule("14.6, 7.5, 1e-1, 0", 20, noise),
              (std::vector<double>{14.6, 7.5, 0.1, 0.0}));
    EXPECT_NE(message_of([&] { make_schedule("1, 2, 0", 3, noise); }).find("number 2"),
              std::string::npos);
    message_of([&] { make_schedule("5", 3, noise); });
    message_of([&] { make_schedule("5, -1", 3, noise); });
}

TEST(Schedules, NameTheFieldThatIsWrong) {
    const auto noise = NoiseSchedule::scaled_linear();
    EXPECT_NE(message_of([&] { make_schedule("Karras", 0, noise); }).find("steps"),
              std::string::npos);
    const auto spacing = message_of([] { diffusers_run({.timestep_spacing = "odd"}, 5); });
    EXPECT_NE(spacing.find("timestep_spacing"), std::string::npos);
    EXPECT_NE(spacing.find("odd"), std::string::npos);
    EXPECT_NE(message_of([] { diffusers_run({.scheduler = "Foo"}, 5); }).find("scheduler: \"Foo\""),
              std::string::npos);
}

TEST(Schedules, LoseTheSigmaBeforeTheLastWhenAsked) {
    const auto noise = NoiseSchedule::scaled_linear();
    const auto whole = make_schedule("Karras", 6, noise);
    const auto part = make_schedule("Karras", 5, noise, {.discard_penultimate = true});
    ASSERT_EQ(part.size(), 6u);
    EXPECT_EQ(part[4], whole[4]);
    EXPECT_EQ(part[5], 0.0);
}

TEST(ImageToImage, WithFullStrengthStartsAtTheBeginning) {
    EXPECT_EQ(start_step_a1111(20, 1.0).first_index, 0);
    EXPECT_EQ(start_step_a1111(20, 1.0, true).first_index, 0);
    EXPECT_EQ(start_step_diffusers(20, 1.0).first_index, 0);
    EXPECT_EQ(start_step_comfyui(20, 1.0).first_index, 0);
}

TEST(ImageToImage, WithZeroStrengthRunsNothingInDiffusers) {
    EXPECT_EQ(start_step_diffusers(20, 0.0).first_index, 20);
}

}  // namespace
}  // namespace diffusion::sampling
