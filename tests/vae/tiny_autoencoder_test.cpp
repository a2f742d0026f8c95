#include "vae/tiny_autoencoder.h"

#include <torch/utils.h>
#include <gtest/gtest.h>

#include <string>

namespace vae {
namespace {

TinyConfig tiny() {
    TinyConfig config;
    config.latent_channels = 5;
    config.encoder_width = 8;
    config.decoder_width = 6;
    config.encoder_blocks = {1, 0, 2};
    config.decoder_blocks = {2, 1, 1};
    return config;
}

TinyAutoencoder seeded(const TinyConfig& config) {
    TinyAutoencoder net(config);
    torch::NoGradGuard no_grad;
    auto generator = at::detail::createCPUGenerator(3);
    for (auto& p : net->parameters()) p.normal_(0, 0.2, generator);
    return net;
}

void set_all(TinyAutoencoder& net, const std::string& end, double value) {
    torch::NoGradGuard no_grad;
    for (const auto& item : net->named_parameters()) {
        if (item.key().ends_with(end)) item.value().fill_(value);
    }
}

TEST(TinyAutoencoder, ParameterCountIsThePublishedOne) {
    int64_t count = 0;
    for (const auto& p : TinyAutoencoder(TinyConfig{})->parameters()) count += p.numel();
    EXPECT_EQ(count, 2445063);
}

TEST(TinyAutoencoder, ShapesFollowFactorAndChannels) {
    torch::NoGradGuard no_grad;
    auto net = seeded(tiny());
    EXPECT_EQ(net->space().factor, 4);
    EXPECT_EQ(net->space().channels, 5);
    const auto moments = net->encode(torch::rand({2, 3, 12, 20}) * 2 - 1);
    EXPECT_EQ(moments.mean.sizes(), torch::IntArrayRef({2, 5, 3, 5}));
    EXPECT_EQ(moments.logvar.sizes(), moments.mean.sizes());
    EXPECT_EQ(net->decode(moments.mean).sizes(), torch::IntArrayRef({2, 3, 12, 20}));
}

TEST(TinyAutoencoder, ABlockOfZerosIsTheReluOfItsInput) {
    torch::NoGradGuard no_grad;
    TinyBlock block(4);
    for (auto& p : block->parameters()) p.zero_();
    const auto x = torch::randn({2, 4, 3, 5});
    EXPECT_TRUE(torch::equal(block(x), torch::relu(x)));
}

/// Without weights the last bias alone makes the picture: b in 0 ... 1 is 2b - 1.
TEST(TinyAutoencoder, DecodesFromZeroToOneIntoMinusOneToOne) {
    torch::NoGradGuard no_grad;
    auto net = seeded(tiny());
    set_all(net, "weight", 0);
    set_all(net, "bias", 0.75);
    const auto pixels = net->decode(torch::randn({1, 5, 2, 3}));
    EXPECT_TRUE(torch::allclose(pixels, torch::full({1, 3, 8, 12}, 0.5)));
    const auto preview = net->preview(torch::randn({1, 5, 2, 3}));
    EXPECT_TRUE(torch::equal(preview, torch::full({1, 8, 12, 3}, 191, torch::kUInt8)));
}

TEST(TinyAutoencoder, LimitsLatentsToThree) {
    torch::NoGradGuard no_grad;
    auto net = seeded(tiny());
    const auto far = torch::full({1, 5, 2, 2}, 1e6);
    EXPECT_TRUE(torch::equal(net->decode(far), net->decode(far * 2)));
    EXPECT_GT((net->decode(far) - net->decode(-far)).abs().max().item<double>(), 1e-3);
}

TEST(TinyAutoencoder, IsEitherHalfAlone) {
    torch::NoGradGuard no_grad;
    auto decoder_only = tiny();
    decoder_only.encoder_blocks.clear();
    auto encoder_only = tiny();
    encoder_only.decoder_blocks.clear();
    auto decoder = seeded(decoder_only);
    auto encoder = seeded(encoder_only);
    EXPECT_EQ(decoder->space().factor, 4);
    EXPECT_EQ(encoder->space().factor, 4);
    EXPECT_EQ(decoder->decode(torch::zeros({1, 5, 1, 2})).sizes(), torch::IntArrayRef({1, 3, 4, 8}));
    EXPECT_EQ(encoder->encode(torch::zeros({1, 3, 4, 8})).mean.sizes(), torch::IntArrayRef({1, 5, 1, 2}));
    EXPECT_EQ(encoder->preview(torch::zeros({1, 5, 1, 2})).sizes(), torch::IntArrayRef({1, 1, 2, 3}));
    EXPECT_THROW(decoder->encode(torch::zeros({1, 3, 4, 8})), c10::Error);
    EXPECT_THROW(encoder->decode(torch::zeros({1, 5, 1, 2})), c10::Error);
}

TEST(TinyAutoencoder, RefusesShapesThatDoNotFit) {
    auto net = seeded(tiny());
    EXPECT_THROW(net->encode(torch::zeros({1, 3, 10, 12})), c10::Error);
    EXPECT_THROW(net->decode(torch::zeros({1, 4, 2, 2})), c10::Error);
    auto uneven = tiny();
    uneven.decoder_blocks.push_back(1);
    EXPECT_THROW(TinyAutoencoder{uneven}, c10::Error);
    uneven.encoder_blocks.clear();
    uneven.decoder_blocks.clear();
    EXPECT_THROW(TinyAutoencoder{uneven}, c10::Error);
}

}  // namespace
}  // namespace vae
