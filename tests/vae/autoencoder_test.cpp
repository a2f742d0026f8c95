#include "vae/autoencoder.h"

#include <torch/utils.h>
#include <gtest/gtest.h>

#include "vae/latent_preview.h"

namespace vae {
namespace {

AutoencoderConfig tiny() {
    AutoencoderConfig config;
    config.block_out_channels = {8, 8, 16};
    config.norm_groups = 4;
    config.scaling_factor = 0.5;
    return config;
}

Autoencoder seeded(const AutoencoderConfig& config) {
    Autoencoder net(config);
    torch::NoGradGuard no_grad;
    auto generator = at::detail::createCPUGenerator(3);
    for (auto& p : net->parameters()) p.normal_(0, 0.2, generator);
    return net;
}

TEST(Autoencoder, ParameterCountIsThePublishedOne) {
    int64_t count = 0;
    for (const auto& p : Autoencoder(AutoencoderConfig::sd())->parameters()) count += p.numel();
    EXPECT_EQ(count, 83653863);
}

TEST(Autoencoder, ShapesFollowFactorAndChannels) {
    torch::NoGradGuard no_grad;
    auto net = seeded(tiny());
    EXPECT_EQ(net->space().factor, 4);
    const auto moments = net->encode(torch::rand({2, 3, 12, 20}) * 2 - 1);
    EXPECT_EQ(moments.mean.sizes(), torch::IntArrayRef({2, 4, 3, 5}));
    EXPECT_EQ(moments.logvar.sizes(), moments.mean.sizes());
    EXPECT_EQ(net->decode(moments.mean).sizes(), torch::IntArrayRef({2, 3, 12, 20}));
}

TEST(Autoencoder, DecodeTakesTheScaleOut) {
    torch::NoGradGuard no_grad;
    auto scaled = tiny();
    auto unscaled = tiny();
    unscaled.scaling_factor = 1.0;
    const auto latent = torch::randn({1, 4, 3, 3});
    const auto a = seeded(scaled)->decode(latent * 0.5);
    const auto b = seeded(unscaled)->decode(latent);
    EXPECT_LT((a - b).abs().max().item<float>(), 1e-5);
}

TEST(Autoencoder, LatentsAreCentredAndScaledPerChannelWhereTheConfigurationSaysSo) {
    torch::NoGradGuard no_grad;
    auto config = tiny();
    config.latents_mean = {-1.5, 2.0, -1.0, 2.5};
    config.latents_std = {8.0, 6.0, 0.5, 5.0};
    const auto mean = torch::tensor({-1.5f, 2.0f, -1.0f, 2.5f}).view({1, 4, 1, 1});
    const auto deviation = torch::tensor({8.0f, 6.0f, 0.5f, 5.0f}).view({1, 4, 1, 1});
    auto plain = seeded(tiny());
    auto net = seeded(config);
    const auto pixels = torch::rand({1, 3, 12, 12}) * 2 - 1;
    const auto found = net->encode(pixels);
    const auto known = plain->encode(pixels);
    EXPECT_TRUE(torch::allclose(found.mean, (known.mean - mean) / deviation, 1e-5, 1e-5));
    EXPECT_TRUE(torch::allclose((found.logvar / 2).exp(), (known.logvar / 2).exp() / deviation, 1e-4, 1e-6));
    const auto latent = torch::randn({1, 4, 3, 3});
    const auto unscaled = latent / 0.5 * deviation + mean;
    EXPECT_TRUE(torch::allclose(net->decode(latent), plain->decode(unscaled * 0.5), 1e-4, 1e-4));
}

TEST(LatentPreview, OfCentredLatentsIsThatOfTheSameUnscaledOnes) {
    auto config = AutoencoderConfig::sdxl();
    const auto known = preview_matrix_of(config);
    config.scaling_factor = 0.5;
    config.latents_mean = {-1.6574, 1.886, -1.383, 2.5155};
    config.latents_std = {8.4927, 5.9022, 6.5498, 5.2299};
    const auto found = preview_matrix_of(config);
    const double unscaled[] = {3.0, -7.0, 0.5, 11.0};
    for (size_t colour = 0; colour < 3; ++colour) {
        double before = known[4][colour];
        double after = found[4][colour];
        for (size_t i = 0; i < 4; ++i) {
            before += known[i][colour] * 0.13025 * unscaled[i];
            after += found[i][colour] * 0.5 * (unscaled[i] - config.latents_mean[i]) / config.latents_std[i];
        }
        EXPECT_NEAR(before, after, 1e-9);
    }
}

TEST(Autoencoder, RefusesPixelsThatAreNoMultipleOfTheFactor) {
    auto net = seeded(tiny());
    EXPECT_THROW(net->encode(torch::zeros({1, 3, 10, 12})), c10::Error);
    EXPECT_THROW(net->decode(torch::zeros({1, 5, 2, 2})), c10::Error);
}

TEST(LatentPreview, IsTheMatrixProductOfEachLatentPixel) {
    LatentSpace space;
    space.channels = 2;
    space.preview_matrix = {{1, 0, 0}, {0, 0.5, 0}, {-1, 0, 1}};
    const auto latent = torch::tensor({{2.0, 1.0}}).view({1, 2, 1, 1});
    // (2 - 1, 0.5, 1) of -1 ... 1 are 255, 191.25 and 255 of 0 ... 255.
    const auto rgb = latent_preview(latent, space).view({3});
    EXPECT_TRUE(torch::equal(rgb, torch::tensor({255, 191, 255}, torch::kUInt8)));
}

TEST(LatentPreview, WorksForASpaceThatHasNoMatrix) {
    LatentSpace space;
    space.channels = 7;
    EXPECT_EQ(latent_preview(torch::randn({2, 7, 3, 4}), space).sizes(),
              torch::IntArrayRef({2, 3, 4, 3}));
}

}  // namespace
}  // namespace vae
