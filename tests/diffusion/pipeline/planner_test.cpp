#include "diffusion/pipeline/planner.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <set>

namespace diffusion::pipeline {
namespace {

constexpr std::int64_t mebibyte = std::int64_t{1} << 20;

PartSize half_precision(std::int64_t parameters) {
    return {.wide = 4 * parameters, .mapped = 2 * parameters, .owned = parameters / 100,
            .largest = 30 * mebibyte, .file = 2 * parameters};
}

/// Stable Diffusion 1.5 in 16 bits, on a CPU.
Task sd1(int width, int height, int pictures = 1) {
    Task task;
    task.model.unet = unet::UNetConfig::sd1();
    task.model.text_encoder = checkpoint::TextEncoderPart{clip::TextEncoderConfig::vit_l(), {}};
    task.vae = vae::AutoencoderConfig::sd();
    task.text_size = half_precision(123'000'000);
    task.unet_size = half_precision(859'500'000);
    task.vae_size = half_precision(83'700'000);
    task.extent = {width, height, width / 8, height / 8};
    task.pictures = pictures;
    task.step_count = 20;
    return task;
}

Decision decide_within(std::int64_t limit, const Task& task = sd1(512, 512)) {
    return decide(task, {}, {.start = 300 * mebibyte, .others = 0, .limit = limit}, {.work = 1e11, .load = 1e9});
}

TEST(Planner, EnoughMemoryMeansNoFallback) {
    const auto plan = decide_within(0).plan;
    EXPECT_TRUE(plan.fallbacks.empty());
    EXPECT_TRUE(plan.obstacle.empty());
    EXPECT_GT(plan.peak_bytes, 5000 * mebibyte);
    EXPECT_LT(plan.peak_bytes, 7000 * mebibyte);
    ASSERT_EQ(plan.phases.size(), 4u);
    double seconds = 0;
    std::int64_t peak = 0;
    for (const auto& phase : plan.phases) {
        seconds += phase.seconds;
        peak = std::max(peak, phase.peak_bytes);
    }
    EXPECT_DOUBLE_EQ(plan.seconds, seconds);
    EXPECT_EQ(plan.peak_bytes, peak);
    // 20 steps of two passes, 803 GFLOP each, at 100 GFLOP/s.
    EXPECT_NEAR(plan.phases[2].seconds, 20 * 2 * 8.03, 1);
}

TEST(Planner, StaysWithinTheLimitByMoreAndMoreFallbacks) {
    // Four small pictures in a batch, whose sampling takes more than their decoding.
    const auto task = sd1(256, 256, 4);
    std::vector<Fallback> before;
    bool is_past_the_end = false;
    for (std::int64_t limit = 7000 * mebibyte; limit > 300 * mebibyte; limit -= 50 * mebibyte) {
        const auto plan = decide_within(limit, task).plan;
        EXPECT_EQ(plan.obstacle.empty(), plan.peak_bytes <= limit);
        is_past_the_end = is_past_the_end || !plan.obstacle.empty();
        EXPECT_EQ(plan.obstacle.empty(), !is_past_the_end);
        EXPECT_TRUE(std::is_sorted(plan.fallbacks.begin(), plan.fallbacks.end()));
        EXPECT_TRUE(std::includes(plan.fallbacks.begin(), plan.fallbacks.end(), before.begin(), before.end()))
            << limit / mebibyte;
        before = plan.fallbacks;
    }
    EXPECT_TRUE(is_past_the_end);
    EXPECT_GE(before.size(), 3u);
}

TEST(Planner, EveryFallbackIsUsedWhereItHelps) {
    std::set<Fallback> used;
    for (const auto& task : {sd1(256, 256, 4), sd1(512, 512), sd1(1536, 1536)}) {
        for (std::int64_t limit = 9000 * mebibyte; limit > 300 * mebibyte; limit -= 50 * mebibyte) {
            const auto plan = decide_within(limit, task).plan;
            used.insert(plan.fallbacks.begin(), plan.fallbacks.end());
        }
    }
    EXPECT_EQ(used.size(), 5u);
}

TEST(Planner, SaysWhichSizeWouldFit) {
    const auto limit = 1200 * mebibyte;
    const auto plan = decide_within(limit, sd1(4096, 4096)).plan;
    ASSERT_FALSE(plan.obstacle.empty());
    const auto end = plan.obstacle.find(" would fit");
    ASSERT_NE(end, std::string::npos) << plan.obstacle;
    const auto begin = plan.obstacle.rfind(' ', end - 1);
    int width = 0, height = 0;
    ASSERT_EQ(std::sscanf(plan.obstacle.c_str() + begin, " %dx%d", &width, &height), 2) << plan.obstacle;
    EXPECT_EQ(plan.fitting_width, width);
    EXPECT_EQ(plan.fitting_height, height);
    EXPECT_TRUE(decide_within(limit, sd1(width, height)).plan.obstacle.empty());
    EXPECT_FALSE(decide_within(limit, sd1(width + 512, height + 512)).plan.obstacle.empty());
}

TEST(Planner, WhereNoSizeFitsItSaysHowMuchIsNeeded) {
    const auto plan = decide_within(310 * mebibyte).plan;
    EXPECT_NE(plan.obstacle.find("raise the limit"), std::string::npos) << plan.obstacle;
}

TEST(Planner, ModelsThatWaitGoBeforeAnythingIsGivenUp) {
    const auto alone = decide_within(0).plan.peak_bytes;
    const Surroundings around{.start = 300 * mebibyte, .others = 4000 * mebibyte, .limit = alone + 1000 * mebibyte};
    const auto decision = decide(sd1(512, 512), {}, around, {});
    EXPECT_TRUE(decision.plan.fallbacks.empty());
    EXPECT_EQ(decision.others, 1000 * mebibyte);
    EXPECT_EQ(decision.plan.peak_bytes, around.limit);
}

TEST(Planner, SmallPicturesAreMadeTogetherUnlessMemoryIsShort) {
    EXPECT_EQ(pictures_at_once(sd1(256, 256, 8), {}), 4);
    EXPECT_EQ(pictures_at_once(sd1(256, 256, 3), {}), 3);
    EXPECT_EQ(pictures_at_once(sd1(512, 512, 8), {}), 1);
    EXPECT_EQ(pictures_at_once(sd1(256, 256, 8), {.splits_batch = true}), 1);
}

TEST(Planner, MoreStepsTakeLongerAndNoMoreMemory) {
    auto task = sd1(512, 512);
    const auto twenty = decide_within(0, task).plan;
    task.step_count = 40;
    const auto forty = decide_within(0, task).plan;
    EXPECT_EQ(twenty.peak_bytes, forty.peak_bytes);
    EXPECT_DOUBLE_EQ(forty.phases[2].seconds, 2 * twenty.phases[2].seconds);
}

}  // namespace
}  // namespace diffusion::pipeline
