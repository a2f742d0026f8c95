#include "diffusion/pipeline/progress_meter.h"

#include <gtest/gtest.h>

#include <chrono>
#include <thread>
#include <vector>

namespace diffusion::pipeline {
namespace {

TEST(ProgressMeter, CountsStepsAndPictures) {
    std::vector<Progress> said;
    const ProgressCallback callback = [&](const Progress& p) { said.push_back(p); };
    ProgressMeter meter(callback, 3, 2);
    meter.loading("UNet");
    meter.encoding();
    meter.begin_batch(0, 2);
    meter.stepped(1, Image{1, 1, 3, {1, 2, 3}});
    meter.stepped(2, {});
    meter.decoding();
    meter.end_batch();
    meter.begin_batch(2, 1);
    meter.stepped(1, {});
    meter.finished();
    ASSERT_EQ(said.size(), 9u);
    EXPECT_EQ(said[0].detail, "UNet");
    EXPECT_EQ(said[3].step, 1);
    EXPECT_EQ(said[3].preview.pixels.size(), 3u);
    EXPECT_TRUE(said[4].preview.is_empty());
    EXPECT_EQ(said[6].first_picture, 2);
    EXPECT_EQ(said[6].pictures_in_batch, 1);
    EXPECT_EQ(said.back().phase, Phase::finished);
    EXPECT_EQ(said.back().seconds_left, 0);
}

TEST(ProgressMeter, TellsTheTimeLeftFromTheFirstStepOn) {
    std::vector<Progress> said;
    const ProgressCallback callback = [&](const Progress& p) { said.push_back(p); };
    ProgressMeter meter(callback, 3, 4);
    meter.begin_batch(0, 1);
    EXPECT_LT(said.back().seconds_left, 0) << "nothing was timed yet";
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
    meter.stepped(1, {});
    const auto& first = said.back();
    // Three steps of this picture and four of two more; a decoding is taken for a step and a half.
    EXPECT_NEAR(first.seconds_left, (3 + 8 + 3 * 1.5) * first.seconds_per_step, 1e-9);
    EXPECT_GE(first.seconds_per_step, 0.001);
}

TEST(ProgressMeter, WithoutAListenerItOnlyCounts) {
    const ProgressCallback nobody;
    ProgressMeter meter(nobody, 1, 1);
    meter.begin_batch(0, 1);
    meter.stepped(1, {});
    EXPECT_GE(meter.seconds(), 0);
}

}  // namespace
}  // namespace diffusion::pipeline
