#include "unet/controlnet.h"

#include <torch/utils.h>
#include <gtest/gtest.h>

#include "unet/unet.h"

namespace unet {
namespace {

int64_t parameter_count(const torch::nn::Module& module) {
    int64_t count = 0;
    for (const auto& p : module.parameters()) count += p.numel();
    return count;
}

ControlNetConfig tiny() {
    ControlNetConfig config;
    config.unet.block_out_channels = {8, 16};
    config.unet.down_depth = {{1, 1}, {0, 0}};
    config.unet.up_depth = {{1, 1, 1}, {0, 0, 0}};
    config.unet.heads = {2, 2};
    config.unet.cross_attention_dim = 12;
    config.unet.norm_groups = 4;
    config.hint_channels = 2;
    config.hint_widths = {4, 6};
    return config;
}

template <typename Network>
void seed(Network& net) {
    torch::NoGradGuard no_grad;
    auto generator = at::detail::createCPUGenerator(7);
    for (auto& p : net->parameters()) p.normal_(0, 0.2, generator);
}

ControlNet seeded() {
    ControlNet net(tiny());
    seed(net);
    return net;
}

struct Inputs {
    torch::Tensor latent = torch::randn({2, 4, 6, 5});
    torch::Tensor timestep = torch::tensor({10.0, 700.0});
    Conditioning conditioning{torch::randn({2, 5, 12}), {}, {}};
    torch::Tensor hint = torch::rand({2, 2, 12, 10});
};

/// Sets the 1x1 convolutions behind the copied blocks to zero, as training begins.
void zero_exits(ControlNet& net) {
    torch::NoGradGuard no_grad;
    for (const auto& item : net->named_parameters()) {
        const bool is_exit = item.key().starts_with("controlnet_down_blocks.") ||
                             item.key().starts_with("controlnet_mid_block.");
        if (is_exit) item.value().zero_();
    }
}

TEST(ControlNet, ParameterCountsAreThePublishedOnes) {
    EXPECT_EQ(parameter_count(*ControlNet(ControlNetConfig::sd1())), 361279120);
    EXPECT_EQ(parameter_count(*ControlNet(ControlNetConfig::sdxl())), 1251014160);
}

TEST(ControlNet, ZeroConvolutionsGiveZeroResidualsAndAnUnchangedUNet) {
    torch::NoGradGuard no_grad;
    const Inputs in;
    auto net = seeded();
    zero_exits(net);
    const auto control = net(in.latent, in.timestep, in.conditioning, net->embed_hint(in.hint));
    for (const auto& residual : control.down) EXPECT_EQ(residual.abs().max().item<float>(), 0);
    EXPECT_EQ(control.mid.abs().max().item<float>(), 0);
    UNet unet(tiny().unet);
    seed(unet);
    EXPECT_TRUE(torch::equal(unet(in.latent, in.timestep, in.conditioning),
                             unet(in.latent, in.timestep, in.conditioning, &control)));
}

/// With the exits set to the identity and the hint to nothing, the residuals are the UNet's own maps.
TEST(ControlNet, IsTheWayDownOfTheUNetThatItWasCopiedFrom) {
    torch::NoGradGuard no_grad;
    const Inputs in;
    UNet unet(tiny().unet);
    seed(unet);
    auto net = seeded();
    const auto source = unet->named_parameters();
    for (const auto& item : net->named_parameters()) {
        if (const auto* copied = source.find(item.key())) {
            item.value().copy_(*copied);
        } else if (item.key().find("down_blocks") != std::string::npos ||
                   item.key().find("mid_block") != std::string::npos) {
            item.value().zero_();
            if (item.value().dim() == 4) item.value().squeeze(-1).squeeze(-1).fill_diagonal_(1);
        } else {
            item.value().zero_();
        }
    }
    const auto control = net(in.latent, in.timestep, in.conditioning, net->embed_hint(in.hint));
    torch::Tensor first, mid;
    unet(in.latent, in.timestep, in.conditioning, nullptr,
         [&](std::string_view name, const torch::Tensor& value) {
             if (name == "conv_in") first = value;
             if (name == "mid_block") mid = value;
         });
    ASSERT_EQ(control.down.size(), 6u);
    EXPECT_TRUE(torch::allclose(control.down[0], first, 1e-5, 1e-5));
    EXPECT_TRUE(torch::allclose(control.mid, mid, 1e-4, 1e-4));
}

TEST(ControlNet, TheHintIsAddedToTheFirstMap) {
    torch::NoGradGuard no_grad;
    Inputs in;
    auto net = seeded();
    const auto features = net->embed_hint(in.hint);
    EXPECT_EQ(features.sizes(), torch::IntArrayRef({2, 8, 6, 5}));
    const auto without = net(in.latent, in.timestep, in.conditioning, torch::zeros_like(features));
    const auto with = net(in.latent, in.timestep, in.conditioning, features);
    // The first exit is linear: what the hint adds to it is its weight times the features.
    const auto exit = net->named_parameters()["controlnet_down_blocks.0.weight"];
    const auto expected = torch::conv2d(features, exit);
    EXPECT_TRUE(torch::allclose(with.down[0] - without.down[0], expected, 1e-4, 1e-4));
}

TEST(ControlNet, SaysWhichHintFits) {
    torch::NoGradGuard no_grad;
    const Inputs in;
    auto net = seeded();
    EXPECT_EQ(tiny().hint_factor(), 2);
    EXPECT_EQ(ControlNetConfig::sd1().hint_factor(), 8);
    EXPECT_THROW(net->embed_hint(torch::zeros({1, 3, 12, 10})), c10::Error);
    try {
        net(in.latent, in.timestep, in.conditioning, net->embed_hint(torch::zeros({1, 2, 24, 10})));
        FAIL() << "a hint of another extent was accepted";
    } catch (const c10::Error& error) {
        EXPECT_NE(std::string(error.what()).find("[12, 5]"), std::string::npos) << error.what();
    }
}

}  // namespace
}  // namespace unet
