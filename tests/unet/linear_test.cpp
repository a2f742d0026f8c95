#include "unet/ops/linear.h"

#include <gtest/gtest.h>
#include <torch/utils.h>

#include <cmath>
#include <utility>

#include "unet/ops/convolution.h"
#include "unet/ops/layers.h"

namespace unet::ops {
namespace {

double apart(const torch::Tensor& value, const torch::Tensor& expected) {
    EXPECT_EQ(value.sizes(), expected.sizes());
    return (value.to(torch::kDouble) - expected).abs().max().item<double>();
}

torch::Tensor as_double(const torch::Tensor& t) { return t.defined() ? t.detach().to(torch::kDouble) : t; }

struct Layer {
    torch::Tensor x, weight, bias;
};

Layer layer(int64_t in, int64_t out, bool with_bias) {
    torch::manual_seed(3);
    return {torch::randn({2, 9, in}), torch::randn({out, in}) / std::sqrt(double(in)),
            with_bias ? torch::randn({out}) : torch::Tensor{}};
}

class Linear : public testing::TestWithParam<bool> {};

TEST_P(Linear, EqualsTheDefinitionInDouble) {
    const torch::NoGradGuard no_grad;
    const auto [x, weight, bias] = layer(40, 24, GetParam());
    const auto expected = torch::linear(as_double(x), as_double(weight), as_double(bias));
    const auto other = torch::randn({2, 9, 24});
    EXPECT_LT(apart(linear(x, weight, bias), expected), 1e-5);
    EXPECT_LT(apart(linear_add(x, weight, bias, other), expected + other), 1e-5);
    EXPECT_LT(apart(linear(x.transpose(0, 1), weight, bias), expected.transpose(0, 1)), 1e-5);
}

TEST_P(Linear, GradientsAreThoseOfTheDefinition) {
    auto [x, weight, bias] = layer(40, 24, GetParam());
    auto dx = as_double(x).requires_grad_(), dw = as_double(weight).requires_grad_();
    auto db = bias.defined() ? as_double(bias).requires_grad_() : bias;
    torch::linear(dx, dw, db).pow(2).sum().backward();
    x.requires_grad_();
    weight.requires_grad_();
    if (bias.defined()) bias.requires_grad_();
    linear(x, weight, bias).pow(2).sum().backward();
    EXPECT_LT(apart(x.grad(), dx.grad()), 1e-4);
    EXPECT_LT(apart(weight.grad(), dw.grad()), 1e-4);
    if (bias.defined()) {
        EXPECT_LT(apart(bias.grad(), db.grad()), 1e-4);
    }
}

INSTANTIATE_TEST_SUITE_P(WithAndWithoutBias, Linear, testing::Bool());

TEST(LinearGeglu, EqualsTheDefinitionWithAndWithoutGradients) {
    auto [x, weight, bias] = layer(40, 48, true);
    const auto halves = torch::linear(as_double(x), as_double(weight), as_double(bias)).chunk(2, -1);
    const auto expected = halves[0] * torch::gelu(halves[1]);
    EXPECT_LT(apart(linear_geglu(x, weight, bias), expected), 1e-5);
    weight.requires_grad_();
    const auto result = linear_geglu(x, weight, bias);
    EXPECT_TRUE(result.requires_grad());
    EXPECT_LT(apart(result.detach(), expected), 1e-5);
}

TEST(LinearShapes, HalfPrecisionAndOneRowGoTheirWay) {
    const torch::NoGradGuard no_grad;
    const auto [x, weight, bias] = layer(40, 24, true);
    const auto expected = torch::linear(as_double(x), as_double(weight), as_double(bias));
    const auto half = linear(x.to(torch::kBFloat16), weight.to(torch::kBFloat16), bias.to(torch::kBFloat16));
    EXPECT_EQ(half.scalar_type(), torch::kBFloat16);
    EXPECT_LT(apart(half, expected), 0.1);
    EXPECT_LT(apart(linear(x[0][0], weight, bias), expected[0][0]), 1e-5);
    EXPECT_EQ(linear(x.slice(1, 0, 0), weight, bias).sizes(), (at::IntArrayRef{2, 0, 24}));
}

using MapSize = std::pair<int64_t, int64_t>;

class Convolution : public testing::TestWithParam<MapSize> {};

TEST_P(Convolution, AddsInBothLayouts) {
    const torch::NoGradGuard no_grad;
    const auto [h, w] = GetParam();
    const auto x = torch::randn({2, 8, h, w}), weight = torch::randn({16, 8, 3, 3}) / 8, bias = torch::randn({16});
    const auto other = torch::randn({2, 16, h, w});
    const auto expected = torch::conv2d(as_double(x), as_double(weight), as_double(bias), 1, 1) + other;
    for (const auto format : {torch::MemoryFormat::Contiguous, torch::MemoryFormat::ChannelsLast}) {
        const auto sum = conv2d_add(x.contiguous(format), weight.contiguous(format), bias, 1, 1,
                                    other.contiguous(format));
        EXPECT_LT(apart(sum, expected), 1e-5);
        EXPECT_TRUE(sum.is_contiguous(format));
    }
}

INSTANTIATE_TEST_SUITE_P(Maps, Convolution,
                         testing::Values(MapSize{7, 5}, MapSize{1, 1}, MapSize{1, 6}, MapSize{5, 1}));

TEST(NarrowWeights, AreWidenedForEachCallAndStayNarrow) {
    const torch::NoGradGuard no_grad;
    for (const auto type : {torch::kFloat16, torch::kBFloat16, torch::kFloat8_e4m3fn}) {
        ops::Linear wide(40, 48), narrow(40, 48);
        narrow->weight.set_data(torch::randn({48, 40}).to(type));
        wide->weight.set_data(narrow->weight.to(torch::kFloat32));
        wide->bias.normal_();
        narrow->bias.copy_(wide->bias);
        const auto x = torch::randn({3, 40});
        EXPECT_TRUE(torch::equal(narrow(x), wide(x)));
        EXPECT_TRUE(torch::equal(narrow->forward_geglu(x), wide->forward_geglu(x)));
        EXPECT_EQ(narrow->weight.scalar_type(), type);
    }
    ops::Conv2d wide(8, 16, 3, 1, 1), narrow(8, 16, 3, 1, 1);
    narrow->weight.set_data(torch::randn({16, 8, 3, 3}).to(torch::kFloat16));
    wide->weight.set_data(narrow->weight.to(torch::kFloat32));
    wide->bias.normal_();
    narrow->bias.copy_(wide->bias);
    const auto* const address = narrow->weight.data_ptr();
    use_channels_last(*narrow);
    use_channels_last(*wide);
    EXPECT_EQ(narrow->weight.data_ptr(), address);
    const auto x = torch::randn({2, 8, 5, 6}).contiguous(torch::MemoryFormat::ChannelsLast);
    EXPECT_LT(apart(narrow(x), as_double(wide(x))), 1e-6);
}

}  // namespace
}  // namespace unet::ops
