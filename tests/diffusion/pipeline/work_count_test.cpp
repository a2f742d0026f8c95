#include "diffusion/pipeline/work_count.h"

#include <gtest/gtest.h>

namespace diffusion::pipeline {
namespace {

TEST(WorkCount, OneUNetPassIsThePublishedCount) {
    EXPECT_DOUBLE_EQ(unet_work(unet::UNetConfig::sd1(), 64, 64, 77, 1), 803273441280.0);
    EXPECT_DOUBLE_EQ(unet_work(unet::UNetConfig::sd2(), 96, 96, 77, 1), 2149105745920.0);
    EXPECT_DOUBLE_EQ(unet_work(unet::UNetConfig::sdxl(), 128, 128, 77, 1), 6761236398080.0);
}

TEST(WorkCount, ABatchIsAMultiple) {
    const auto config = unet::UNetConfig::sd1();
    EXPECT_DOUBLE_EQ(unet_work(config, 32, 32, 77, 2), 2 * unet_work(config, 32, 32, 77, 1));
}

TEST(WorkCount, AutoencodersAreThePublishedCounts) {
    const auto config = vae::AutoencoderConfig::sd();
    EXPECT_NEAR(decoder_work(config, 64, 64), 2.5145e12, 1e8);
    EXPECT_NEAR(encoder_work(config, 64, 64), 1.1167e12, 1e8);
    EXPECT_NEAR(decoder_work(vae::TinyConfig{}, 64, 64), 0.1414e12, 1e9);
}

TEST(WorkCount, ATextIsThePublishedCount) {
    EXPECT_NEAR(text_work(clip::TextEncoderConfig::vit_l(), 77), 13.30e9, 1e7);
    EXPECT_NEAR(text_work(clip::TextEncoderConfig::open_clip_bigg(), 77), 97.86e9, 1e7);
}

}  // namespace
}  // namespace diffusion::pipeline
