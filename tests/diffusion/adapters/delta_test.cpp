// What golden files leave open: rotations, rarer factors, and factors that don't fit.

#include "diffusion/adapters/delta.h"

#include "tests/diffusion/adapters/adapters_support.h"

#include <torch/utils.h>

#include <gtest/gtest.h>

namespace {

using namespace adapters_test;
using checkpoint_test::difference;
using checkpoint_test::TempFolder;
using diffusion::adapters::delta_of;
using diffusion::adapters::Factors;
using diffusion::adapters::Layer;
using diffusion::adapters::open_adapter;

class DeltaTest : public testing::Test {
protected:
    DeltaTest() { torch::manual_seed(11); }

    /// The delta of factors of one module, through a file as trainers write it.
    Layer delta(const Tensors& factors, const Layer& layer, std::optional<int> rank = {}) {
        Tensors keys;
        for (const auto& [suffix, value] : factors)
            keys["lora_unet_x" + suffix] = value.contiguous();
        const auto adapter = open_adapter(write(folder_ / "a.safetensors", keys));
        const Factors read(adapter.modules.at("lora_unet_x"), {adapter.name(), ""}, torch::kCPU);
        return delta_of(read, layer, rank);
    }

    torch::Tensor weight_delta(const Tensors& factors, const torch::Tensor& weight) {
        return delta(factors, {weight, {}}).weight;
    }

    std::string refusal(const Tensors& factors, const Layer& layer) {
        return refusal_of([&] { delta(factors, layer); });
    }

    TempFolder folder_;
};

/// (I + Q)(I - Q)^-1 by solving, Q = B - B^T.
torch::Tensor cayley(const torch::Tensor& block) {
    const auto q = (block - block.t()).to(torch::kFloat64);
    const auto eye = torch::eye(block.size(0), q.options());
    return torch::linalg_solve(eye - q, eye + q).to(torch::kFloat32);  // the two factors commute
}

TEST_F(DeltaTest, OftRotatesTheRowsOfEachBlock) {
    const auto w = torch::randn({6, 5});
    const auto blocks = 0.3 * torch::randn({2, 3, 3});
    const auto after = w + weight_delta({{".oft_blocks", blocks}}, w);
    for (int k = 0; k < 2; ++k) {
        const auto expected = cayley(blocks[k]).t().matmul(w.slice(0, 3 * k, 3 * k + 3));
        EXPECT_LT(difference(after.slice(0, 3 * k, 3 * k + 3), expected), 1e-5);
    }
    EXPECT_LT(difference(after.square().sum(0), w.square().sum(0)), 1e-5)
        << "a rotation keeps lengths";
}

TEST_F(DeltaTest, AlphaBoundsARotation) {
    const auto w = torch::randn({4, 5});
    const auto blocks = torch::randn({1, 4, 4});
    const auto q = blocks[0] - blocks[0].t();
    const auto bound = 0.01 * 4;
    const auto after =
        w + weight_delta({{".oft_blocks", blocks}, {".alpha", torch::tensor(0.01f)}}, w);
    const auto expected = cayley(blocks[0] * (bound / q.norm().item<double>())).t().matmul(w);
    EXPECT_LT(difference(after, expected), 1e-5);
}

TEST_F(DeltaTest, OlderOftFilesHoldTheRotationsThemselves) {
    const auto w = torch::randn({4, 5});
    const auto r = torch::randn({2, 2, 2});
    const auto after = w + weight_delta({{".oft_diag", r}}, w);
    EXPECT_LT(difference(after.slice(0, 2, 4), r[1].t().matmul(w.slice(0, 2, 4))), 1e-5);
}

TEST_F(DeltaTest, BoftRotatesPairsOfHalvesInGrowingStrides) {
    // Two steps of 2x2 blocks on 4 rows: neighbours first, then rows two apart.
    const auto w = torch::randn({4, 3});
    const auto blocks = 0.3 * torch::randn({2, 2, 2, 2});
    const auto after = w + weight_delta({{".oft_blocks", blocks}}, w);
    auto x = torch::cat({cayley(blocks[0][0]).matmul(w.slice(0, 0, 2)),
                         cayley(blocks[0][1]).matmul(w.slice(0, 2, 4))});
    const auto even = torch::stack({x[0], x[2]}), odd = torch::stack({x[1], x[3]});
    const auto a = cayley(blocks[1][0]).matmul(even), b = cayley(blocks[1][1]).matmul(odd);
    EXPECT_LT(difference(after, torch::stack({a[0], b[0], a[1], b[1]})), 1e-5);
}

TEST_F(DeltaTest, GloraOfEitherLayout) {
    const auto w = torch::randn({6, 5});
    const auto a1 = torch::randn({5, 2}), a2 = torch::randn({2, 5});
    const auto b1 = torch::randn({6, 2}), b2 = torch::randn({2, 5});
    const auto expected = b1.matmul(b2) + w.matmul(a1).matmul(a2);
    EXPECT_LT(
        difference(
            weight_delta(
                {{".a1.weight", a1}, {".a2.weight", a2}, {".b1.weight", b1}, {".b2.weight", b2}},
                w),
            expected),
        1e-5);
    EXPECT_LT(
        difference(
            weight_delta(
                {{".a2.weight", a1}, {".a1.weight", a2}, {".b2.weight", b1}, {".b1.weight", b2}},
                w),
            expected),
        1e-5);
}

TEST_F(DeltaTest, Ia3ScalesRowsOrColumns) {
    const auto w = torch::randn({3, 2});
    const auto rows = weight_delta(
        {{".weight", torch::tensor({1.f, 2.f, 3.f})}, {".on_input", torch::tensor(0)}}, w);
    EXPECT_LT(difference(rows, w * torch::tensor({{1.f}, {2.f}, {3.f}})), 1e-6);
    const auto columns =
        weight_delta({{".weight", torch::tensor({1.f, 2.f})}, {".on_input", torch::tensor(1)}}, w);
    EXPECT_LT(difference(columns, w * torch::tensor({{1.f, 2.f}})), 1e-6);
}

TEST_F(DeltaTest, PeftsMagnitudesAreLengthsOfRows) {
    const auto w = torch::randn({4, 3}), down = torch::randn({2, 3}), up = torch::randn({4, 2});
    const auto lengths = torch::rand({4}) + 0.5;
    const auto after = w + weight_delta({{".lora_A.default.weight", down},
                                         {".lora_B.default.weight", up},
                                         {".lora_magnitude_vector.default.weight", lengths}},
                                        w);
    EXPECT_LT(difference(after.norm(2, 1), lengths), 1e-5);
}

TEST_F(DeltaTest, AWeightMayBeSetWhole) {
    const auto w = torch::randn({4, 3}), other = torch::randn({4, 3});
    EXPECT_LT(difference(w + weight_delta({{".set_weight", other}}, w), other), 1e-6);
}

TEST_F(DeltaTest, SingleValuesComeOnTop) {
    const auto w = torch::zeros({3, 4});
    const auto delta = weight_delta({{".diff", torch::ones({3, 4})},
                                     {".bias_indices", torch::tensor({{0, 2}, {3, 1}})},
                                     {".bias_values", torch::tensor({5.f, 7.f})},
                                     {".bias_size", torch::tensor({3, 4})}},
                                    w);
    EXPECT_EQ(delta[0][3].item<float>(), 6);
    EXPECT_EQ(delta[2][1].item<float>(), 8);
    EXPECT_EQ(delta.sum().item<float>(), 24);
}

TEST_F(DeltaTest, ALinearLoraFitsAOneByOneConvolutionAndTheReverse) {
    const auto down = torch::randn({2, 5}), up = torch::randn({4, 2});
    const auto expected = up.matmul(down);
    EXPECT_LT(difference(weight_delta({{".lora_down.weight", down}, {".lora_up.weight", up}},
                                      torch::zeros({4, 5, 1, 1})),
                         expected.view({4, 5, 1, 1})),
              1e-6);
    EXPECT_LT(difference(weight_delta({{".lora_down.weight", down.view({2, 5, 1, 1})},
                                       {".lora_up.weight", up.view({4, 2, 1, 1})}},
                                      torch::zeros({4, 5})),
                         expected),
              1e-6);
}

TEST_F(DeltaTest, AnInpaintingModelKeepsItsMoreChannels) {
    const auto delta =
        weight_delta({{".diff", torch::ones({2, 4, 3, 3})}}, torch::zeros({2, 9, 3, 3}));
    EXPECT_EQ(delta.sizes().vec(), (std::vector<int64_t>{2, 9, 3, 3}));
    EXPECT_EQ(delta.slice(1, 0, 4).min().item<float>(), 1);
    EXPECT_EQ(delta.slice(1, 4, 9).abs().max().item<float>(), 0);
}

TEST_F(DeltaTest, MisfitsNameFileKeyAndBothShapes) {
    const Layer layer{torch::zeros({4, 5}), {}};
    const auto ranks = refusal(
        {{".lora_down.weight", torch::randn({2, 5})}, {".lora_up.weight", torch::randn({4, 3})}},
        layer);
    EXPECT_NE(ranks.find(
                  "a.safetensors: tensor lora_unet_x.lora_up.weight is [4, 3], expected 2 columns"),
              ranks.npos)
        << ranks;
    const auto width = refusal(
        {{".lora_down.weight", torch::randn({2, 6})}, {".lora_up.weight", torch::randn({4, 2})}},
        layer);
    EXPECT_NE(width.find("lora_unet_x"), width.npos) << width;
    const auto half = refusal({{".lora_down.weight", torch::randn({2, 5})}}, layer);
    EXPECT_NE(half.find("lora_unet_x.lora_down.weight"), half.npos) << half;
    const auto bias = refusal({{".diff_b", torch::randn({4})}}, layer);
    EXPECT_NE(bias.find("has no bias"), bias.npos) << bias;
    const auto alpha = refusal({{".lora_down.weight", torch::randn({2, 5})},
                                {".lora_up.weight", torch::randn({4, 2})},
                                {".alpha", torch::randn({2})}},
                               layer);
    EXPECT_NE(alpha.find("lora_unet_x.alpha is not one finite number"), alpha.npos) << alpha;
}

TEST_F(DeltaTest, OddShapesOfEveryKindAreRefused) {
    const Layer layer{torch::zeros({4, 6}), {}};
    const std::vector<Tensors> odd{
        {{".lora_down.weight", torch::randn({2})}, {".lora_up.weight", torch::randn({4, 2})}},
        {{".lora_down.weight", torch::randn({2, 6})},
         {".lora_up.weight", torch::randn({4, 2})},
         {".lora_mid.weight", torch::randn({3, 3, 1, 1})}},
        {{".hada_w1_a", torch::randn({4, 2})},
         {".hada_w1_b", torch::randn({2, 6})},
         {".hada_w2_a", torch::randn({4, 2})},
         {".hada_w2_b", torch::randn({3, 6})}},
        {{".hada_w1_a", torch::randn({4, 2})},
         {".hada_w1_b", torch::randn({2, 6})},
         {".hada_w2_a", torch::randn({4, 2})},
         {".hada_w2_b", torch::randn({2, 1})}},
        {{".lokr_w1", torch::randn({2, 2})}, {".lokr_w2", torch::randn({3, 3})}},
        {{".lokr_w1", torch::randn({2})}, {".lokr_w2", torch::randn({3, 3})}},
        {{".a1.weight", torch::randn({6, 2})},
         {".a2.weight", torch::randn({2, 5})},
         {".b1.weight", torch::randn({4, 2})},
         {".b2.weight", torch::randn({2, 6})}},
        {{".oft_blocks", torch::randn({2, 3, 3})}},
        {{".oft_blocks", torch::randn({3, 2, 2, 2})}},
        {{".oft_diag", torch::randn({4, 4})}},
        {{".diff", torch::randn({6, 4})}},
        {{".diff", torch::ones({4, 6})}, {".dora_scale", torch::ones({3, 1})}},
        {{".diff", torch::ones({4, 6})},
         {".bias_indices", torch::tensor({{0}, {9}})},
         {".bias_values", torch::ones({1})},
         {".bias_size", torch::tensor({4, 6})}},
        {{".weight", torch::ones({5})}, {".on_input", torch::tensor(1)}},
    };
    for (std::size_t i = 0; i < odd.size(); ++i) EXPECT_NE(refusal(odd[i], layer), "") << i;
}

TEST_F(DeltaTest, SmallFactorsCantAskForAllMemory) {
    const Layer layer{torch::zeros({4, 6}), {}};
    const auto wide = torch::zeros({1, 1 << 20}), tall = torch::zeros({1 << 20, 1});
    EXPECT_NE(refusal({{".lora_down.weight", wide}, {".lora_up.weight", tall}}, layer), "");
    EXPECT_NE(refusal({{".hada_w1_a", tall},
                       {".hada_w1_b", wide},
                       {".hada_w2_a", tall},
                       {".hada_w2_b", wide}},
                      layer),
              "");
    EXPECT_NE(refusal({{".lokr_w1", wide}, {".lokr_w2", tall}}, layer), "");
}

TEST(AdapterFile, AWholeModelIsNoAdapter) {
    const TempFolder folder;
    const auto file = write(folder / "model.safetensors", {{"conv.weight", torch::ones({2})}});
    const auto message = refusal_of([&] { open_adapter(file); });
    EXPECT_NE(message.find("model.safetensors: holds no adapter"), message.npos) << message;
}

double alpha_of(const diffusion::adapters::AdapterFile& adapter, const std::string& module) {
    const Factors factors(adapter.modules.at(module), {adapter.name(), ""}, torch::kCPU);
    return factors.number("alpha").value_or(-1);
}

TEST(AdapterFile, AlphasOfPeftComeFromItsSettings) {
    const TempFolder folder;
    const Tensors tensors{{"unet.a.to_q.lora_A.weight", torch::ones({4, 2})},
                          {"unet.a.to_q.lora_B.weight", torch::ones({2, 4})},
                          {"unet.a.to_k.lora_A.weight", torch::ones({4, 2})},
                          {"unet.a.to_k.lora_B.weight", torch::ones({2, 4})},
                          {"text_encoder.b.lora_A.weight", torch::ones({4, 2})},
                          {"text_encoder.b.lora_B.weight", torch::ones({2, 4})},
                          {"text_encoder_2.c.lora_A.weight", torch::ones({4, 2})},
                          {"text_encoder_2.c.lora_B.weight", torch::ones({2, 4})}};
    const std::string settings =
        R"({"unet.lora_alpha": 8, "unet.alpha_pattern": {"to_k": 3}, "text_encoder.lora_alpha": 1,
            "text_encoder.use_rslora": true})";
    const auto adapter = open_adapter(
        write(folder / "x.safetensors", tensors, {{"lora_adapter_metadata", settings}}));
    EXPECT_EQ(alpha_of(adapter, "unet.a.to_q"), 8);
    EXPECT_EQ(alpha_of(adapter, "unet.a.to_k"), 3);
    EXPECT_EQ(alpha_of(adapter, "text_encoder.b"), 2);
    EXPECT_EQ(alpha_of(adapter, "text_encoder_2.c"), -1) << "nothing is said of it";
    checkpoint_test::write_bytes(folder / "adapter_config.json", R"({"r": 4, "lora_alpha": 6})");
    const auto peft =
        open_adapter(write(folder / "adapter_model.safetensors",
                           {{"base_model.model.a.lora_A.weight", torch::ones({4, 2})},
                            {"base_model.model.a.lora_B.weight", torch::ones({2, 4})}}));
    EXPECT_EQ(alpha_of(peft, "base_model.model.a"), 6);
    const auto broken = write(folder / "y.safetensors", tensors, {{"lora_adapter_metadata", "{"}});
    EXPECT_NE(refusal_of([&] { open_adapter(broken); }).find("y.safetensors"), std::string::npos);
}

}  // namespace
