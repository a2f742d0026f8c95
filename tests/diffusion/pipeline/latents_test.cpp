#include "diffusion/pipeline/latents.h"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <vector>

namespace diffusion::pipeline {
namespace {

using Colour = std::function<std::uint8_t(int x, int y, int channel)>;

Image image(int width, int height, int channels, const Colour& colour) {
    Image made{width, height, channels, {}};
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x)
            for (int c = 0; c < channels; ++c) made.pixels.push_back(colour(x, y, c));
    return made;
}

double at(const torch::Tensor& t, int64_t channel, int64_t y, int64_t x) {
    return t[0][channel][y][x].item<double>();
}

TEST(Latents, PixelsOfTheRightSizeAreTakenAsTheyAre) {
    const auto picture = image(16, 8, 3, [](int x, int y, int c) { return std::uint8_t(x + 20 * y + 60 * c); });
    const auto pixels = pixels_of(picture, {16, 8, 2, 1}, 8);
    EXPECT_EQ(pixels.sizes(), torch::IntArrayRef({1, 3, 8, 16}));
    for (const int x : {0, 7, 15})
        EXPECT_NEAR(at(pixels, 2, 3, x), (x + 60 + 120) / 127.5 - 1, 1e-6);
}

TEST(Latents, TransparentPixelsAreWhite) {
    const auto picture = image(8, 8, 4, [](int x, int, int c) { return std::uint8_t(c < 3 ? 0 : 51 * x % 256); });
    const auto pixels = pixels_of(picture, {8, 8, 1, 1}, 8);
    EXPECT_NEAR(at(pixels, 0, 0, 0), 1, 1e-6);
    EXPECT_NEAR(at(pixels, 0, 0, 1), 2 * 0.8 - 1, 1e-6);
    EXPECT_NEAR(at(pixels, 0, 0, 5), -1, 1e-6);
}

/// Left and right thirds black, the middle white: what is cut off is black.
TEST(Latents, AnotherShapeKeepsItsMiddle) {
    const auto picture = image(48, 16, 3, [](int x, int, int) { return std::uint8_t(x / 16 == 1 ? 255 : 0); });
    const auto pixels = pixels_of(picture, {16, 16, 2, 2}, 8);
    EXPECT_NEAR(pixels.min().item<double>(), 1, 1e-6);
    const auto half = pixels_of(picture, {8, 8, 1, 1}, 8);
    EXPECT_NEAR(at(half, 0, 4, 4), 1, 1e-2);
}

TEST(Latents, EdgesGoOnOverTheCanvas) {
    const auto picture = image(10, 6, 3, [](int x, int y, int) { return std::uint8_t(x * 10 + y); });
    const auto pixels = pixels_of(picture, {10, 6, 2, 1}, 8);
    ASSERT_EQ(pixels.sizes(), torch::IntArrayRef({1, 3, 8, 16}));
    EXPECT_DOUBLE_EQ(at(pixels, 0, 0, 0), at(pixels, 0, 1, 3));
    EXPECT_NEAR(at(pixels, 0, 1, 3), -1, 1e-6);
    EXPECT_DOUBLE_EQ(at(pixels, 0, 7, 15), at(pixels, 0, 6, 12));
}

TEST(Latents, AMaskIsBrightnessOrOpacity) {
    const auto grey = image(8, 8, 4, [](int, int, int c) { return std::uint8_t(c == 3 ? 255 : 51 * c); });
    EXPECT_NEAR(at(mask_of(grey, {8, 8, 1, 1}, 8), 0, 0, 0), (0.587 * 51 + 0.114 * 102) / 255, 1e-6);
    const auto clear = image(8, 8, 4, [](int x, int, int c) { return std::uint8_t(c == 3 ? 10 * x : 255); });
    EXPECT_NEAR(at(mask_of(clear, {8, 8, 1, 1}, 8), 0, 0, 3), 30.0 / 255, 1e-6);
}

/// Left half white; the edge lies in the middle of the second latent pixel.
TEST(Latents, MasksBecomeZeroOrOne) {
    auto mask = torch::zeros({1, 1, 8, 32});
    mask.slice(3, 0, 11).fill_(1);
    const auto expected = [](std::vector<float> v) { return torch::tensor(v).view({1, 1, 1, 4}); };
    EXPECT_TRUE(torch::equal(corner_mask(mask, 8), expected({1, 1, 0, 0})));
    EXPECT_TRUE(torch::equal(mean_mask(mask, 8), expected({1, 0, 0, 0})));
}

TEST(Latents, BlurKeepsTheSumAndWidensTheEdge) {
    auto mask = torch::zeros({1, 1, 64, 64});
    mask.slice(2, 24, 40).slice(3, 24, 40).fill_(1);
    const auto soft = blurred(mask, 4);
    EXPECT_EQ(soft.sizes(), mask.sizes());
    EXPECT_NEAR(soft.sum().item<double>(), mask.sum().item<double>(), 1e-2);
    EXPECT_GT(at(soft, 0, 32, 22), 0.1);
    // 2.5 deviations away it ends.
    EXPECT_EQ(at(soft, 0, 32, 13), 0);
    EXPECT_TRUE(torch::equal(blurred(mask, 0), mask));
    EXPECT_NO_THROW(blurred(torch::ones({1, 1, 2, 1}), 4));
}

TEST(Latents, TheHoleIsGreyAndTheChannelsStandInOrder) {
    const auto mask = torch::tensor({1.0f, 0.5f, 0.4f, 0.0f}).view({1, 1, 1, 4});
    const auto pixels = torch::full({1, 3, 1, 4}, 0.7f);
    EXPECT_TRUE(torch::allclose(with_hole(pixels, mask)[0][1][0], torch::tensor({0.0f, 0.0f, 0.7f, 0.7f})));
    const auto channels = inpaint_channels(torch::ones({1, 1, 2, 2}), torch::full({3, 4, 2, 2}, 9.0f));
    EXPECT_EQ(channels.sizes(), torch::IntArrayRef({3, 5, 2, 2}));
    EXPECT_EQ(channels[2][0][0][0].item<float>(), 1);
    EXPECT_EQ(channels[2][4][1][1].item<float>(), 9);
}

TEST(Latents, ALatentIsMeanAndDeviationScaled) {
    const vae::Moments moments{torch::full({1, 4, 1, 1}, 3.0f), torch::full({1, 4, 1, 1}, std::log(4.0f))};
    vae::LatentSpace space;
    space.scaling_factor = 0.5;
    const auto latent = draw_latent(moments, torch::full({2, 4, 1, 1}, -1.0f), space);
    EXPECT_EQ(latent.size(0), 2);
    EXPECT_NEAR(latent[1][3].item<double>(), 0.5, 1e-6);
}

}  // namespace
}  // namespace diffusion::pipeline
