#include "tests/bench/flops.h"

#include <gtest/gtest.h>

namespace bench {
namespace {

TEST(Flops, OneUNetPassIsThePublishedCount) {
    EXPECT_DOUBLE_EQ(unet_flops(unet::UNetConfig::sd1(), 64, 64, 77, 1), 803273441280.0);
    EXPECT_DOUBLE_EQ(unet_flops(unet::UNetConfig::sd2(), 96, 96, 77, 1), 2149105745920.0);
    EXPECT_DOUBLE_EQ(unet_flops(unet::UNetConfig::sdxl(), 128, 128, 77, 1), 6761236398080.0);
}

TEST(Flops, ABatchIsAMultiple) {
    const auto config = unet::UNetConfig::sd1();
    EXPECT_DOUBLE_EQ(unet_flops(config, 32, 32, 77, 2), 2 * unet_flops(config, 32, 32, 77, 1));
}

TEST(Flops, DecoderIsThePublishedCount) {
    EXPECT_NEAR(decoder_flops(vae::AutoencoderConfig::sd(), 64, 64), 2.5145e12, 1e8);
}

}  // namespace
}  // namespace bench
