#include "unet/ops/recompute.h"

#include <torch/utils.h>
#include <gtest/gtest.h>

#include <map>
#include <optional>
#include <string>

#include "unet/unet.h"

namespace unet {
namespace {

UNet tiny() {
    UNetConfig config;
    config.block_out_channels = {8, 16};
    config.down_depth = {{1, 1}, {0, 0}};
    config.up_depth = {{1, 1, 1}, {0, 0, 0}};
    config.heads = {2, 2};
    config.cross_attention_dim = 12;
    config.norm_groups = 4;
    UNet net(config);
    const torch::NoGradGuard no_grad;
    auto generator = at::detail::createCPUGenerator(7);
    for (auto& p : net->parameters()) p.normal_(0, 0.2, generator);
    return net;
}

/// Gradients of all weights, of the latent and of the text.
std::map<std::string, torch::Tensor> gradients_of(UNet& net, bool recomputes) {
    net->zero_grad();
    torch::manual_seed(3);
    const auto latent = torch::randn({2, 4, 8, 8}).requires_grad_();
    Conditioning conditioning;
    conditioning.context = torch::randn({2, 5, 12}).requires_grad_();
    {
        std::optional<ops::Recompute> recompute;
        if (recomputes) recompute.emplace();
        net->forward(latent, torch::tensor({10.0, 700.0}), conditioning).square().mean().backward();
    }
    std::map<std::string, torch::Tensor> gradients{{"latent", latent.grad()},
                                                   {"context", conditioning.context.grad()}};
    for (const auto& item : net->named_parameters()) gradients[item.key()] = item.value().grad().clone();
    return gradients;
}

TEST(Recompute, GivesTheSameGradients) {
    auto net = tiny();
    const auto kept = gradients_of(net, false), again = gradients_of(net, true);
    ASSERT_EQ(kept.size(), again.size());
    for (const auto& [name, gradient] : kept) {
        // Where several sums meet they are added in another order.
        const double largest = gradient.abs().max().item<double>();
        EXPECT_LE((gradient - again.at(name)).abs().max().item<double>(), 1e-5 * largest + 1e-9) << name;
    }
}

TEST(Recompute, RunsABlockAgainOnlyForGradients) {
    const auto weight = torch::ones({1}).requires_grad_();
    int runs = 0;
    const ops::Block block = [&](const torch::Tensor& x, const torch::Tensor&, const torch::Tensor&) {
        ++runs;
        return x * weight * x;
    };
    const auto x = torch::full({1}, 3.0);  // wants no gradient, but the weight does
    const auto plain = ops::recomputed(block, x, {}, {});
    plain.backward();
    EXPECT_EQ(runs, 1);
    const ops::Recompute recompute;
    {
        const torch::NoGradGuard no_grad;
        ops::recomputed(block, x, {}, {});
    }
    EXPECT_EQ(runs, 2);
    const auto out = ops::recomputed(block, x, {}, {});
    EXPECT_EQ(runs, 3);
    out.backward();
    EXPECT_EQ(runs, 4);
    EXPECT_EQ(weight.grad().item<double>(), 18.0);
}

TEST(Recompute, KeepsNothingFromInsideABlock) {
    const auto weight = torch::ones({1}).requires_grad_();
    c10::weak_intrusive_ptr<c10::TensorImpl> inside(torch::empty({1}).getIntrusivePtr());
    const ops::Block block = [&](const torch::Tensor& x, const torch::Tensor&, const torch::Tensor&) {
        const auto inner = (x * weight).exp();
        inside = c10::weak_intrusive_ptr<c10::TensorImpl>(inner.getIntrusivePtr());
        return inner * inner;
    };
    const auto x = torch::full({1}, 0.5);
    const auto kept = ops::recomputed(block, x, {}, {});
    EXPECT_FALSE(inside.expired());
    const ops::Recompute recompute;
    const auto out = ops::recomputed(block, x, {}, {});
    EXPECT_TRUE(inside.expired());
}

TEST(Recompute, IsOnWhileOneLives) {
    EXPECT_FALSE(ops::Recompute::is_on());
    {
        const ops::Recompute outer;
        { const ops::Recompute inner; }
        EXPECT_TRUE(ops::Recompute::is_on());
    }
    EXPECT_FALSE(ops::Recompute::is_on());
}

}  // namespace
}  // namespace unet
