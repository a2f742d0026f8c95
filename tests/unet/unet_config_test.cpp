#include <torch/utils.h>
#include <gtest/gtest.h>

#include "unet/unet.h"

namespace unet {
namespace {

int64_t parameter_count(const UNetConfig& config) {
    int64_t count = 0;
    for (const auto& p : UNet(config)->parameters()) count += p.numel();
    return count;
}

UNetConfig tiny() {
    UNetConfig config;
    config.block_out_channels = {8, 16};
    config.down_depth = {{1, 1}, {0, 0}};
    config.up_depth = {{1, 1, 1}, {0, 0, 0}};
    config.heads = {2, 2};
    config.cross_attention_dim = 12;
    config.norm_groups = 4;
    return config;
}

UNet seeded(const UNetConfig& config) {
    UNet net(config);
    torch::NoGradGuard no_grad;
    auto generator = at::detail::createCPUGenerator(7);
    for (auto& p : net->parameters()) p.normal_(0, 0.2, generator);
    return net;
}

TEST(UNetConfig, ParameterCountsAreThePublishedOnes) {
    EXPECT_EQ(parameter_count(UNetConfig::sd1()), 859520964);
    EXPECT_EQ(parameter_count(UNetConfig::sd2()), 865910724);
    EXPECT_EQ(parameter_count(UNetConfig::sdxl()), 2567463684);
}

TEST(UNetConfig, InpaintingAddsInputChannelsOnly) {
    const auto extra = parameter_count(UNetConfig::sd1().with_in_channels(9)) -
                       parameter_count(UNetConfig::sd1());
    EXPECT_EQ(extra, 5 * 320 * 3 * 3);
}

TEST(UNet, AcceptsAnyLatentExtent) {
    torch::NoGradGuard no_grad;
    auto net = seeded(tiny());
    const Conditioning conditioning{torch::randn({1, 5, 12}), {}, {}};
    for (const auto& [h, w] : {std::pair{4, 4}, {5, 7}, {1, 3}, {9, 2}}) {
        const auto out = net(torch::randn({1, 4, h, w}), torch::tensor({3.5}), conditioning);
        EXPECT_EQ(out.sizes(), torch::IntArrayRef({1, 4, h, w}));
        EXPECT_TRUE(out.isfinite().all().item<bool>());
    }
}

TEST(UNet, BatchEqualsItsMembersAlone) {
    torch::NoGradGuard no_grad;
    auto net = seeded(tiny());
    const auto latent = torch::randn({3, 4, 6, 6});
    const auto t = torch::tensor({900.0, 33.3, 0.0});
    const auto context = torch::randn({3, 5, 12});
    const auto together = net(latent, t, Conditioning{context, {}, {}});
    for (int64_t i = 0; i < 3; ++i) {
        const auto alone = net(latent.slice(0, i, i + 1), t.slice(0, i, i + 1),
                               Conditioning{context.slice(0, i, i + 1), {}, {}});
        EXPECT_LT((together.slice(0, i, i + 1) - alone).abs().max().item<float>(), 1e-4);
    }
}

TEST(UNet, ZeroControlResidualsChangeNothing) {
    torch::NoGradGuard no_grad;
    auto net = seeded(tiny());
    const auto latent = torch::randn({1, 4, 8, 8});
    const Conditioning conditioning{torch::randn({1, 5, 12}), {}, {}};
    ControlResiduals control;
    for (const auto& [c, e] : {std::pair{8, 8}, {8, 8}, {8, 8}, {8, 4}, {16, 4}, {16, 4}}) {
        control.down.push_back(torch::zeros({1, c, e, e}));
    }
    control.mid = torch::zeros({1, 16, 4, 4});
    const auto t = torch::tensor({10.0});
    EXPECT_TRUE(torch::equal(net(latent, t, conditioning), net(latent, t, conditioning, &control)));
    control.down.pop_back();
    EXPECT_THROW(net(latent, t, conditioning, &control), c10::Error);
}

TEST(UNet, SaysWhichChannelsItExpects) {
    auto net = seeded(tiny());
    try {
        net(torch::randn({1, 9, 4, 4}), torch::tensor({1.0}), Conditioning{torch::randn({1, 5, 12}), {}, {}});
        FAIL() << "nine channels were accepted";
    } catch (const c10::Error& error) {
        EXPECT_NE(std::string(error.what()).find("4 input channels"), std::string::npos);
    }
}

TEST(TimeEmbedding, PutsTheCosinesFirst) {
    const auto e = sinusoidal_embedding(torch::tensor({0.0, 2.0}), 4);
    const auto expected = torch::tensor(
        {{1.0, 1.0, 0.0, 0.0}, {std::cos(2.0), std::cos(0.02), std::sin(2.0), std::sin(0.02)}});
    EXPECT_LT((e - expected).abs().max().item<float>(), 1e-6);
}

}  // namespace
}  // namespace unet
