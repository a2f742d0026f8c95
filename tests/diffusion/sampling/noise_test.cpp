#include <torch/utils.h>
#include <gtest/gtest.h>

#include <cmath>

#include "diffusion/error.h"
#include "diffusion/sampling/brownian.h"
#include "diffusion/sampling/noise.h"
#include "diffusion/sampling/philox.h"

namespace diffusion::sampling {
namespace {

const std::vector<std::int64_t> shape = {4, 8, 8};

TEST(Noise, OfABatchIsBitForBitThatOfItsMembersAlone) {
    for (const auto stream : {NoiseStream::cpu, NoiseStream::nv}) {
        ImageNoise batch({.seeds = batch_seeds(41, 3), .stream = stream}, shape);
        std::vector<torch::Tensor> draws = {batch.next(), batch.next(), batch.next()};
        for (int i = 0; i < 3; ++i) {
            ImageNoise alone({.seeds = {41u + i}, .stream = stream}, shape);
            for (const auto& draw : draws) EXPECT_TRUE(torch::equal(alone.next()[0], draw[i]));
        }
    }
}

TEST(Noise, IsThatOfPyTorchsGenerator) {
    torch::manual_seed(1234);
    const auto expected = torch::randn(shape);
    EXPECT_TRUE(torch::equal(noise_generator(NoiseStream::cpu, 1234)->normal(shape), expected));
}

TEST(Noise, OfTheNvStreamHasThePublishedValues) {
    const auto noise = noise_generator(NoiseStream::nv, 0)->normal({3, 4});
    EXPECT_NEAR(noise[0][0].item<double>(), -0.92466259, 1e-6);
    EXPECT_NEAR(noise[0][2].item<double>(), -2.6438457, 1e-6);
    EXPECT_NEAR(noise[2][3].item<double>(), 2.26550497, 1e-6);
}

TEST(Noise, WithoutVariationStrengthIgnoresTheVariationSeed) {
    ImageNoise plain({.seeds = {5}}, shape);
    ImageNoise varied({.seeds = {5}, .variation_seeds = {9}, .variation_strength = 0.0}, shape);
    EXPECT_TRUE(torch::equal(plain.next(), varied.next()));
}

TEST(Noise, WithFullVariationIsThatOfTheVariationSeed) {
    ImageNoise varied({.seeds = {5}, .variation_seeds = {9}, .variation_strength = 1.0}, shape);
    ImageNoise other({.seeds = {9}}, shape);
    EXPECT_LT((varied.next() - other.next()).abs().max().item<float>(), 1e-4f);
}

TEST(Noise, ChangesItsStreamAfterTheFirstDrawWithASeedDelta) {
    ImageNoise delta({.seeds = {5}, .eta_noise_seed_delta = 31337}, shape);
    ImageNoise plain({.seeds = {5}}, shape);
    ImageNoise shifted({.seeds = {5 + 31337}}, shape);
    EXPECT_TRUE(torch::equal(delta.next(), plain.next()));
    EXPECT_TRUE(torch::equal(delta.next(), shifted.next()));
}

TEST(Noise, ResizedKeepsItsCentreAndMayBeOfAnySize) {
    for (const int64_t from : {5, 8, 12, 13}) {
        ImageNoise resized({.seeds = {5}, .resize_from_height = from, .resize_from_width = from},
                           shape);
        EXPECT_EQ(resized.next().sizes(), (std::vector<int64_t>{1, 4, 8, 8}));
    }
    ImageNoise smaller({.seeds = {5}, .resize_from_height = 4, .resize_from_width = 4}, shape);
    const auto inner = noise_generator(NoiseStream::cpu, 5)->normal({4, 4, 4});
    EXPECT_TRUE(torch::equal(smaller.next()[0].slice(1, 2, 6).slice(2, 2, 6), inner));
}

TEST(Noise, RefusesVariationSeedsThatDoNotFit) {
    try {
        ImageNoise({.seeds = {1, 2}, .variation_seeds = {3}}, shape);
        FAIL() << "no error";
    } catch (const Error& error) {
        EXPECT_NE(std::string(error.what()).find("variation_seed"), std::string::npos);
    }
}

TEST(Brownian, PartsAddUpToTheWhole) {
    const BrownianNoise noise({3, 4}, shape, 0.03, 14.6);
    const auto whole = noise(10.0, 1.0) * std::sqrt(9.0);
    const auto parts = noise(10.0, 4.0) * std::sqrt(6.0) + noise(4.0, 1.0) * std::sqrt(3.0);
    EXPECT_LT((whole - parts).abs().max().item<double>(), 1e-4);
}

TEST(Brownian, DoesNotDependOnTheOrderOfQuestions) {
    const BrownianNoise first({3}, shape, 0.03, 14.6);
    const BrownianNoise second({3}, shape, 0.03, 14.6);
    const auto early = first(14.6, 7.0);
    second(2.0, 1.0);
    EXPECT_TRUE(torch::equal(second(14.6, 7.0), early));
}

TEST(Brownian, OfABatchIsThatOfItsMembersAlone) {
    const BrownianNoise batch({3, 4}, shape, 0.03, 14.6);
    const BrownianNoise alone({4}, shape, 0.03, 14.6);
    EXPECT_TRUE(torch::equal(batch(5.0, 3.0)[1], alone(5.0, 3.0)[0]));
}

TEST(Brownian, IsUnitNoise) {
    const BrownianNoise noise({3}, {4, 64, 64}, 0.03, 14.6);
    const auto draw = noise(3.0, 2.5);
    EXPECT_NEAR(draw.mean().item<double>(), 0.0, 0.03);
    EXPECT_NEAR(draw.std().item<double>(), 1.0, 0.03);
}

TEST(Brownian, RoundsAsDecimalNotationDoes) {
    EXPECT_EQ(round_to_six_decimals(0.0291671), 0.029167);
    EXPECT_EQ(round_to_six_decimals(2.5e-6), 3e-6);
    EXPECT_EQ(round_to_six_decimals(7.3219045), 7.321904);
}

}  // namespace
}  // namespace diffusion::sampling
