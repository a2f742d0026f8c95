#include "diffusion/pipeline/predictor.h"

#include <torch/utils.h>
#include <gtest/gtest.h>

namespace diffusion::pipeline {
namespace {

unet::UNet tiny() {
    unet::UNetConfig config;
    config.block_out_channels = {8, 16};
    config.down_depth = {{1}, {0}};
    config.up_depth = {{1, 1}, {0, 0}};
    config.heads = {2, 2};
    config.cross_attention_dim = 12;
    config.norm_groups = 4;
    unet::UNet net(config);
    torch::NoGradGuard no_grad;
    auto generator = at::detail::createCPUGenerator(11);
    for (auto& p : net->parameters()) p.normal_(0, 0.2, generator);
    return net;
}

struct Inputs {
    torch::Tensor x = torch::randn({2, 4, 6, 6});
    torch::Tensor t = torch::full({2}, 321.0f);
    unet::Conditioning with{torch::randn({1, 7, 12}), {}, {}};
    unet::Conditioning without{torch::randn({1, 7, 12}), {}, {}};
};

TEST(Predictor, OneBatchEqualsTwoPasses) {
    torch::NoGradGuard no_grad;
    const Inputs in;
    auto net = tiny();
    const auto both = unet_predictor(net, {in.with, in.without})(in.x, in.t);
    const auto widened = [](const unet::Conditioning& c) {
        return unet::Conditioning{c.context.expand({2, -1, -1}), {}, {}};
    };
    EXPECT_LT((both.conditional - net(in.x, in.t, widened(in.with))).abs().max().item<float>(), 1e-4);
    EXPECT_LT((both.unconditional - net(in.x, in.t, widened(in.without))).abs().max().item<float>(), 1e-4);
}

TEST(Predictor, WithoutGuidanceThereIsNoSecondHalf) {
    torch::NoGradGuard no_grad;
    const Inputs in;
    const auto one = unet_predictor(tiny(), {in.with, std::nullopt})(in.x, in.t);
    EXPECT_TRUE(one.conditional.defined());
    EXPECT_FALSE(one.unconditional.defined());
}

TEST(Predictor, AnswersInTheTypeOfTheLatent) {
    torch::NoGradGuard no_grad;
    const Inputs in;
    const auto p = unet_predictor(tiny(), {in.with, in.without})(in.x.to(torch::kDouble), in.t);
    EXPECT_EQ(p.conditional.scalar_type(), torch::kDouble);
}

}  // namespace
}  // namespace diffusion::pipeline
