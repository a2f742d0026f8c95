#include "diffusion/training/loss.h"

#include <gtest/gtest.h>
#include <ATen/CPUGeneratorImpl.h>
#include <torch/types.h>

namespace diffusion::training {
namespace {

TEST(Loss, TargetGivesBackLatentAndNoise) {
    const auto latents = torch::randn({3, 2, 4, 4}), noise = torch::randn({3, 2, 4, 4});
    const auto timesteps = torch::tensor({0, 500, 999});
    const auto alphas = training_alphas();
    const auto batch = add_noise(latents, noise, timesteps, alphas, 5.0);
    const auto alpha = alphas.index_select(0, timesteps).view({3, 1, 1, 1});
    const auto latent = alpha.sqrt() * batch.noisy - (1 - alpha).sqrt() * batch.target;
    EXPECT_TRUE(torch::allclose(latent, latents, 1e-4, 1e-5));
    const auto eps = (1 - alpha).sqrt() * batch.noisy + alpha.sqrt() * batch.target;
    EXPECT_TRUE(torch::allclose(eps, noise, 1e-4, 1e-5));
}

TEST(Timesteps, ComeFromTheirPowerLaw) {
    // The mean of u^p over 0..1 is 1 / (p + 1); of a thousand places, within half a place.
    for (const double power : {1.0, 2.0, 3.5}) {
        const auto drawn = draw_timesteps(200000, power, at::make_generator<at::CPUGeneratorImpl>(7));
        EXPECT_EQ(drawn.dtype(), torch::kInt64);
        EXPECT_EQ(drawn.min().item<int64_t>(), 0);
        EXPECT_LT(drawn.max().item<int64_t>(), 1000);
        EXPECT_GT(drawn.max().item<int64_t>(), 990);
        EXPECT_NEAR(drawn.to(torch::kFloat64).mean().item<double>(), 1000 / (power + 1), 4) << power;
    }
}

TEST(Loss, AlphasAreThePublishedOnes) {
    const auto alphas = training_alphas();
    EXPECT_EQ(alphas.size(0), 1000);
    EXPECT_NEAR(alphas[0].item<double>(), 0.99915, 1e-6);
    EXPECT_NEAR(alphas[999].item<double>(), 0.0046602, 1e-6);
}

TEST(Loss, WeightIsOneWhereNoiseRulesAndFallsWhereItIsFaint) {
    const auto alphas = training_alphas();
    const auto timesteps = torch::tensor({0, 999});
    const auto zeros = torch::zeros({2, 1, 2, 2});
    const auto weight = add_noise(zeros, zeros, timesteps, alphas, 5.0).weight;
    EXPECT_NEAR(weight[1].item<double>(), 1.0, 1e-6);
    // snr + 1 = 1 / (1 - alpha): the weight is 5 (1 - alpha).
    EXPECT_NEAR(weight[0].item<double>(), 5.0 * (1 - 0.99915), 1e-5);
}

TEST(Loss, IsTheWeightedMeanSquareError) {
    NoisyBatch batch;
    batch.target = torch::zeros({2, 1, 1, 2});
    batch.weight = torch::tensor({1.0f, 0.5f});
    const auto prediction = torch::tensor({{{{1.0f, 3.0f}}}, {{{2.0f, 0.0f}}}});
    EXPECT_NEAR(weighted_loss(prediction, batch).item<double>(), (5.0 + 0.5 * 2.0) / 2, 1e-6);
}

}  // namespace
}  // namespace diffusion::training
