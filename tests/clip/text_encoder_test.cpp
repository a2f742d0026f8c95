#include "clip/text_encoder.h"

#include <torch/utils.h>
#include <gtest/gtest.h>

namespace clip {
namespace {

int64_t parameter_count(const TextEncoderConfig& config) {
    int64_t count = 0;
    for (const auto& p : TextEncoder(config)->parameters()) count += p.numel();
    return count;
}

TextEncoderConfig tiny() {
    TextEncoderConfig config;
    config.vocab_size = 20;
    config.width = 8;
    config.layers = 3;
    config.heads = 2;
    config.mlp_width = 16;
    config.projection_dim = 5;
    config.start_token = 18;
    config.end_token = 19;
    return config;
}

TextEncoder seeded() {
    TextEncoder net(tiny());
    torch::NoGradGuard no_grad;
    auto generator = at::detail::createCPUGenerator(5);
    for (auto& p : net->parameters()) p.normal_(0, 0.3, generator);
    return net;
}

torch::Tensor ids() { return torch::tensor({{18, 4, 7, 19, 19, 19}, {18, 1, 19, 0, 0, 0}}); }

TEST(TextEncoderConfig, ParameterCountsAreThePublishedOnes) {
    EXPECT_EQ(parameter_count(TextEncoderConfig::vit_l()), 123060480);
    EXPECT_EQ(parameter_count(TextEncoderConfig::open_clip_h(23)), 340387840);
    EXPECT_EQ(parameter_count(TextEncoderConfig::open_clip_bigg()), 694659840);
}

TEST(TextEncoder, KeepsEveryHiddenState) {
    torch::NoGradGuard no_grad;
    auto net = seeded();
    const auto out = net(ids());
    ASSERT_EQ(out.hidden.size(), 4u);
    EXPECT_TRUE(torch::equal(out.last, net->final_layer_norm(out.hidden.back())));
    EXPECT_EQ(out.pooled.sizes(), torch::IntArrayRef({2, 5}));
}

TEST(TextEncoder, PooledReadsTheFirstEndToken) {
    torch::NoGradGuard no_grad;
    auto net = seeded();
    auto changed = ids();
    changed[0][5] = 3;  // behind the first end token, which causal attention can't see
    EXPECT_TRUE(torch::allclose(net(ids()).pooled, net(changed).pooled, 0, 1e-6));
    changed[0][2] = 3;
    EXPECT_FALSE(torch::allclose(net(ids()).pooled[0], net(changed).pooled[0], 0, 1e-3));
}

TEST(TextEncoder, NoTokenSeesALaterOne) {
    torch::NoGradGuard no_grad;
    auto net = seeded();
    auto changed = ids();
    changed[0][4] = 2;
    const auto before = net(ids()).last[0];
    const auto after = net(changed).last[0];
    EXPECT_TRUE(torch::allclose(before.slice(0, 0, 4), after.slice(0, 0, 4), 0, 1e-6));
    EXPECT_FALSE(torch::allclose(before[4], after[4], 0, 1e-3));
}

TEST(TextEncoder, RefusesMoreTokensThanPositions) {
    auto net = seeded();
    EXPECT_THROW(net(torch::zeros({1, 78}, torch::kLong)), c10::Error);
}

}  // namespace
}  // namespace clip
