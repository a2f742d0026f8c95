#include "unet/ops/bfloat16_products.h"

#include <gtest/gtest.h>
#include <torch/utils.h>

#include "unet/ops/convolution.h"
#include "unet/ops/linear.h"

namespace unet::ops {
namespace {

constexpr double rounding = 1.0 / 256;  // of one number to bfloat16, relative

torch::Tensor rounded(const torch::Tensor& x) { return x.detach().to(torch::kBFloat16).to(torch::kDouble); }

/// The largest error by the largest value.
double error_of(const torch::Tensor& value, const torch::Tensor& expected) {
    EXPECT_EQ(value.scalar_type(), torch::kFloat32);
    EXPECT_EQ(value.sizes(), expected.sizes());
    return ((value.to(torch::kDouble) - expected).abs().max() / expected.abs().max()).item<double>();
}

struct Case {
    torch::Tensor x, weight, bias;
};

Case linear_case() {
    torch::manual_seed(5);
    return {torch::randn({3, 7, 48}), torch::randn({32, 48}) / 7, torch::randn({32})};
}

Case convolution_case() {
    torch::manual_seed(6);
    return {torch::randn({2, 16, 8, 8}), torch::randn({24, 16, 3, 3}) / 12, torch::randn({24})};
}

torch::Tensor product(const Case& of) {
    return of.x.dim() == 3 ? linear(of.x, of.weight, of.bias) : conv2d(of.x, of.weight, of.bias, 1, 1);
}

torch::Tensor exact(const Case& of) {
    return of.x.dim() == 3 ? torch::linear(of.x, of.weight, of.bias) : torch::conv2d(of.x, of.weight, of.bias, 1, 1);
}

TEST(Bfloat16Products, MultiplyWhatIsRounded) {
    const torch::NoGradGuard no_grad;
    for (const auto& of : {linear_case(), convolution_case()}) {
        const auto expected = exact({rounded(of.x), rounded(of.weight), rounded(of.bias)});
        const auto unrounded = product(of);
        const Bfloat16Products on;
        const auto value = product(of);
        EXPECT_LT(error_of(value, expected), rounding);
        EXPECT_FALSE(torch::equal(value, unrounded));
    }
}

TEST(Bfloat16Products, FusedSumsKeepTheirOtherTerm) {
    const torch::NoGradGuard no_grad;
    const auto line = linear_case(), map = convolution_case();
    const auto large = torch::full({3, 7, 32}, 1000.25), tall = torch::full({2, 24, 8, 8}, 1000.25);
    const Bfloat16Products on;
    // 1000.25 has no place in bfloat16: only the product is rounded.
    EXPECT_TRUE(torch::equal(linear_add(line.x, line.weight, line.bias, large), product(line) + large));
    EXPECT_TRUE(torch::equal(conv2d_add(map.x, map.weight, map.bias, 1, 1, tall), product(map) + tall));
    const auto gated = linear_geglu(line.x, line.weight, line.bias);
    const auto halves = product(line).chunk(2, -1);
    EXPECT_TRUE(torch::equal(gated, halves[0] * torch::gelu(halves[1])));
}

TEST(Bfloat16Products, GradientsAreThoseOfTheRoundedProductInFloat32) {
    for (const auto& of : {linear_case(), convolution_case()}) {
        Case sought{of.x.clone().requires_grad_(), of.weight.clone().requires_grad_(), of.bias.clone().requires_grad_()};
        Case known{rounded(of.x).requires_grad_(), rounded(of.weight).requires_grad_(), rounded(of.bias).requires_grad_()};
        exact(known).square().sum().backward();
        torch::Tensor sum;
        {
            const Bfloat16Products on;
            sum = product(sought).square().sum();
        }
        sum.backward();  // after the guard's life, as training does it
        EXPECT_LT(error_of(sought.x.grad(), known.x.grad()), 3 * rounding);
        EXPECT_LT(error_of(sought.weight.grad(), known.weight.grad()), 3 * rounding);
        EXPECT_LT(error_of(sought.bias.grad(), known.bias.grad()), 3 * rounding);
    }
}

TEST(Bfloat16Products, LeaveOtherTypesAndLaterProductsAlone) {
    const torch::NoGradGuard no_grad;
    const auto of = linear_case();
    const auto before = product(of);
    const Case precise{of.x.to(torch::kDouble), of.weight.to(torch::kDouble), of.bias.to(torch::kDouble)};
    {
        const Bfloat16Products on;
        EXPECT_FALSE(Bfloat16Products::are_on_for(precise.x));
        EXPECT_TRUE(torch::equal(product(precise), exact(precise)));
    }
    EXPECT_FALSE(Bfloat16Products::are_on_for(of.x));
    EXPECT_TRUE(torch::equal(product(of), before));
}

}  // namespace
}  // namespace unet::ops
