#include "unet/ops/norm.h"

#include <torch/utils.h>
#include <gtest/gtest.h>

namespace unet::ops {
namespace {

/// The definition in double precision.
torch::Tensor naive(const torch::Tensor& x, int64_t groups, const torch::Tensor& weight,
                    const torch::Tensor& bias, double eps) {
    const auto rows = x.to(torch::kDouble).contiguous().view({x.size(0), groups, -1});
    const auto mean = rows.mean(2, true);
    const auto variance = (rows - mean).pow(2).mean(2, true);
    const auto normed = ((rows - mean) / (variance + eps).sqrt()).view(x.sizes());
    return normed * weight.to(torch::kDouble).view({1, -1, 1, 1}) +
           bias.to(torch::kDouble).view({1, -1, 1, 1});
}

struct Case {
    int64_t batch, channels, height, width, groups;
};

class GroupNorm : public testing::TestWithParam<Case> {};

TEST_P(GroupNorm, EqualsTheDefinitionInBothLayouts) {
    torch::NoGradGuard no_grad;
    const auto& c = GetParam();
    const auto x = torch::randn({c.batch, c.channels, c.height, c.width}) * 3 + 5;
    const auto weight = torch::randn({c.channels});
    const auto bias = torch::randn({c.channels});
    const auto offset = torch::randn({c.batch, c.channels});
    const auto expected = naive(x, c.groups, weight, bias, 1e-5);
    const auto expected_moved = naive(x + offset.unsqueeze(-1).unsqueeze(-1), c.groups, weight, bias, 1e-5);
    for (const auto format : {torch::MemoryFormat::Contiguous, torch::MemoryFormat::ChannelsLast}) {
        const auto in = x.contiguous(format);
        const auto plain = group_norm(in, c.groups, weight, bias, 1e-5);
        EXPECT_LT((plain - expected).abs().max().item<double>(), 2e-5);
        const auto with_silu = group_norm_silu(in, c.groups, weight, bias, 1e-5);
        EXPECT_LT((with_silu - torch::silu(expected)).abs().max().item<double>(), 2e-5);
        const auto moved = group_norm_silu(in, c.groups, weight, bias, 1e-5, offset);
        EXPECT_LT((moved - torch::silu(expected_moved)).abs().max().item<double>(), 2e-5);
    }
}

INSTANTIATE_TEST_SUITE_P(Shapes, GroupNorm,
                         testing::Values(Case{1, 8, 3, 5, 4}, Case{2, 32, 17, 13, 32},
                                         Case{3, 20, 1, 1, 4}, Case{2, 96, 33, 31, 32}));

TEST(GroupNormGradient, FlowsThroughTheFusedForm) {
    const auto x = torch::randn({2, 8, 4, 4}, torch::kDouble).requires_grad_();
    const auto weight = torch::randn({8}, torch::kDouble).requires_grad_();
    const auto bias = torch::randn({8}, torch::kDouble).requires_grad_();
    group_norm_silu(x, 4, weight, bias, 1e-5).square().sum().backward();
    const auto fused = x.grad().clone();
    x.mutable_grad().zero_();
    torch::silu(torch::group_norm(x, 4, weight, bias, 1e-5)).square().sum().backward();
    EXPECT_LT((fused - x.grad()).abs().max().item<double>(), 1e-9);
}

}  // namespace
}  // namespace unet::ops
