#include "app/cli/progress_bar.h"

#include <gtest/gtest.h>

namespace cli {
namespace {

TEST(ProgressBar, tells_step_rate_and_time_left) {
    diffusion::Progress progress;
    progress.phase = diffusion::Phase::sampling;
    progress.step = 5;
    progress.step_count = 20;
    progress.seconds_per_step = 0.5;
    progress.seconds_left = 7.6;
    EXPECT_EQ(progressLine(progress),
              "sampling  [======                  ] 5/20  2.00 it/s  ETA 0:08");
    progress.seconds_per_step = 2;
    progress.picture_count = 6;
    progress.first_picture = 1;
    EXPECT_EQ(progressLine(progress),
              "sampling  picture 2/6  [======                  ] 5/20  2.00 s/it  ETA 0:08");
}

TEST(ProgressBar, says_what_is_loaded) {
    diffusion::Progress progress;
    progress.detail = "unet.safetensors";
    EXPECT_EQ(progressLine(progress), "loading unet.safetensors");
}

TEST(ProgressBar, tells_the_share_of_bytes) {
    EXPECT_EQ(shareLine("hashing", 1, 2), "hashing  [============            ] 50%");
    EXPECT_EQ(shareLine("hashing", 0, 0), "hashing  [========================] 100%");
}

TEST(ProgressBar, programs_get_one_word_for_a_phase) {
    diffusion::Progress progress;
    progress.phase = diffusion::Phase::encoding;
    EXPECT_STREQ(nameOf(progress.phase), "encoding");
    EXPECT_EQ(progressLine(progress), "reading the prompt");
}

TEST(ProgressBar, clocks_carry_hours) {
    EXPECT_EQ(clockText(7), "0:07");
    EXPECT_EQ(clockText(3723), "1:02:03");
}

}  // namespace
}  // namespace cli
