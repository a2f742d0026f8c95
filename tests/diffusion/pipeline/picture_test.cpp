#include "diffusion/pipeline/picture.h"

#include <gtest/gtest.h>

namespace diffusion::pipeline {
namespace {

TEST(Picture, RoundsAndClampsToBytes) {
    const auto pixels = torch::tensor({-3.0f, -1.0f, 0.0f, 1.0f, 2.0f, 0.5f}).view({1, 3, 1, 2});
    const auto bytes = to_bytes(pixels);
    EXPECT_EQ(bytes.sizes(), torch::IntArrayRef({1, 1, 2, 3}));
    // Planes to interleaved: pixel 0 is (-3, 0, 2), pixel 1 is (-1, 1, 0.5).
    const auto expected = torch::tensor({0, 128, 255, 0, 255, 191}, torch::kUInt8).view({1, 1, 2, 3});
    EXPECT_TRUE(torch::equal(bytes, expected)) << bytes;
}

TEST(Picture, TakesOneOfABatch) {
    const auto bytes = torch::arange(2 * 2 * 3 * 3, torch::kUInt8).view({2, 2, 3, 3});
    const auto image = image_of(bytes, 1);
    EXPECT_EQ(image.width, 3);
    EXPECT_EQ(image.height, 2);
    ASSERT_EQ(image.pixels.size(), 18u);
    EXPECT_EQ(image.pixels.front(), 18);
    EXPECT_EQ(image.pixels.back(), 35);
    EXPECT_THROW(image_of(bytes.to(torch::kFloat32), 0), c10::Error);
}

}  // namespace
}  // namespace diffusion::pipeline
