#include "diffusion/pipeline/predictor.h"

#include <gtest/gtest.h>
#include <torch/utils.h>

#include <vector>

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

Guidance guided(const Inputs& in) {
    return {{{in.with}}, in.without};
}

/// Answers every row with the mean of its text, and remembers how it was asked.
struct Recorder {
    std::vector<int64_t> rows;

    Network network() {
        return [this](const torch::Tensor& x, const torch::Tensor& t, const unet::Conditioning& c) {
            EXPECT_EQ(x.size(0), c.context.size(0));
            EXPECT_EQ(x.size(0), t.size(0));
            rows.push_back(x.size(0));
            return x + c.context.mean({1, 2}).view({-1, 1, 1, 1});
        };
    }
};

unet::Conditioning text(double value, int64_t length = 7) {
    return {torch::full({1, length, 12}, value), {}, {}};
}

double shift(const torch::Tensor& prediction, const torch::Tensor& x) {
    return (prediction - x).mean().item<double>();
}

TEST(Predictor, WeighsEverySideAgainstTheSameUnconditional) {
    const Inputs in;
    Recorder recorder;
    const Guidance guidance{{{text(3), 0.5}, {text(5), 2.0}, {text(-1), -1.0}}, text(1)};
    const auto p = predictor(recorder.network(), guidance)(in.x, in.t);
    EXPECT_NEAR(shift(p.conditional, in.x), 1 + 0.5 * 2 + 2.0 * 4 + 1.0 * 2, 1e-5);
    EXPECT_NEAR(shift(p.unconditional, in.x), 1, 1e-5);
    EXPECT_EQ(recorder.rows, std::vector<int64_t>{8});
}

TEST(Predictor, MakesOneCallForEachLength) {
    const Inputs in;
    Recorder recorder;
    const Guidance guidance{{{text(3, 7), 0.5}, {text(5, 14), 0.5}}, text(1, 7)};
    const auto p = predictor(recorder.network(), guidance)(in.x, in.t);
    EXPECT_NEAR(shift(p.conditional, in.x), 4, 1e-5);
    EXPECT_NEAR(shift(p.unconditional, in.x), 1, 1e-5);
    EXPECT_EQ(recorder.rows, (std::vector<int64_t>{4, 2}));
}

TEST(Predictor, WithoutATextItIsUnconditional) {
    const Inputs in;
    Recorder recorder;
    const auto p = predictor(recorder.network(), Guidance{{}, text(1)})(in.x, in.t);
    EXPECT_TRUE(torch::equal(p.conditional, p.unconditional));
    EXPECT_THROW(predictor(recorder.network(), Guidance{})(in.x, in.t), c10::Error);
}

TEST(Predictor, ChannelsBesideTheLatentGoToEveryText) {
    const Inputs in;
    const auto beside = torch::arange(2 * 5 * 6 * 6).view({2, 5, 6, 6}).to(torch::kFloat32);
    const Network network = with_channels(
        [&](const torch::Tensor& x, const torch::Tensor&, const unet::Conditioning&) {
            EXPECT_EQ(x.sizes(), torch::IntArrayRef({4, 9, 6, 6}));
            EXPECT_TRUE(torch::equal(x.slice(1, 0, 4), torch::cat({in.x, in.x})));
            EXPECT_TRUE(torch::equal(x.slice(1, 4), torch::cat({beside, beside})));
            return x.slice(1, 0, 4);
        },
        beside);
    predictor(network, Guidance{{{text(3)}}, text(1)})(in.x, in.t);
}

TEST(Predictor, CountsItsCalls) {
    const Inputs in;
    Recorder recorder;
    const auto predict = predictor(recorder.network(), [](int call) {
        return Guidance{{{text(call)}}, {}};
    });
    for (int call = 0; call < 3; ++call)
        EXPECT_NEAR(shift(predict(in.x, in.t).conditional, in.x), call, 1e-6);
}

TEST(Predictor, OneBatchEqualsTwoPasses) {
    torch::NoGradGuard no_grad;
    const Inputs in;
    auto net = tiny();
    const auto both = predictor(network_of(net), guided(in))(in.x, in.t);
    const auto widened = [](const unet::Conditioning& c) {
        return unet::Conditioning{c.context.expand({2, -1, -1}), {}, {}};
    };
    EXPECT_LT((both.conditional - net(in.x, in.t, widened(in.with))).abs().max().item<float>(), 1e-4);
    EXPECT_LT((both.unconditional - net(in.x, in.t, widened(in.without))).abs().max().item<float>(), 1e-4);
}

TEST(Predictor, WithoutGuidanceThereIsNoSecondHalf) {
    torch::NoGradGuard no_grad;
    const Inputs in;
    const auto one = predictor(network_of(tiny()), Guidance{{{in.with}}, {}})(in.x, in.t);
    EXPECT_TRUE(one.conditional.defined());
    EXPECT_FALSE(one.unconditional.defined());
}

TEST(Predictor, AnswersInTheTypeOfTheLatent) {
    torch::NoGradGuard no_grad;
    const Inputs in;
    const auto p = predictor(network_of(tiny()), guided(in))(in.x.to(torch::kDouble), in.t);
    EXPECT_EQ(p.conditional.scalar_type(), torch::kDouble);
}

TEST(Predictor, ReadsNothingFromTheDevice) {
    // Tensors without values: every read by the host throws.
    const auto valueless = torch::dtype(torch::kFloat32).device(torch::kMeta);
    const auto text = [&](int64_t rows) {
        return unet::Conditioning{torch::empty({1, rows, 12}, valueless),
                                  torch::empty({1, 5}, valueless), torch::empty({1, 6}, valueless)};
    };
    const auto x = torch::empty({2, 4, 6, 6}, valueless);
    const Network plain = [](const torch::Tensor& latent, const torch::Tensor&,
                             const unet::Conditioning&) { return latent.slice(1, 0, 4) * 1.5; };
    const Guidance guidance{{{text(7), 0.5}, {text(14), 1.2}}, text(7)};
    for (const auto& network :
         {plain, one_by_one(plain), with_channels(plain, torch::empty({2, 5, 6, 6}, valueless))}) {
        sampling::Predictions made;
        EXPECT_NO_THROW(made = predictor(network, guidance)(x, torch::empty({2}, valueless)));
        EXPECT_EQ(made.conditional.sizes(), x.sizes());
        EXPECT_EQ(made.unconditional.sizes(), x.sizes());
    }
}

}  // namespace
}  // namespace diffusion::pipeline
