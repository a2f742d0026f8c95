#include "diffusion/adapters/patch.h"

#include "tests/diffusion/adapters/adapters_support.h"

#include <torch/utils.h>

#include <gtest/gtest.h>

namespace {

using namespace adapters_test;
using checkpoint_test::data_file;
using checkpoint_test::difference;
using checkpoint_test::TempFolder;
using diffusion::adapters::AdapterUse;

const std::string to_q = "down_blocks.0.attentions.0.transformer_blocks.0.attn1.to_q";
const std::string kohya_to_q =
    "lora_unet_down_blocks_0_attentions_0_transformer_blocks_0_attn1_to_q";

class PatchTest : public testing::Test {
protected:
    static std::filesystem::path golden(const std::string& name) {
        return data_file("adapters/sd1/" + name + ".kohya_diffusers.safetensors");
    }

    /// Rank 2 on one 16x16 layer.
    std::filesystem::path small(const std::string& name,
                                const std::string& layer = kohya_to_q) const {
        torch::manual_seed(3);
        return write(folder_ / name, {{layer + ".lora_down.weight", torch::randn({2, 16})},
                                      {layer + ".lora_up.weight", torch::randn({16, 2})}});
    }

    torch::Tensor weight(const std::string& layer = to_q) const {
        return model_.unet->named_parameters()[layer + ".weight"];
    }

    TempFolder folder_;
    TinyModel model_{"sd1"};
    diffusion::adapters::Patch patch_ = model_.patch();
};

TEST_F(PatchTest, OriginalsComeBackAsTheMemoryThatTheyWere) {
    std::map<std::string, const void*> places;
    for (const auto& item : model_.unet->named_parameters())
        places[item.key()] = item.value().data_ptr();
    patch_.apply({{golden("lora"), 1.0, 1.0, {}}});
    EXPECT_NE(weight().data_ptr(), places.at(to_q + ".weight"));
    patch_.apply({});
    for (const auto& item : model_.unet->named_parameters()) {
        EXPECT_EQ(item.value().data_ptr(), places.at(item.key())) << item.key();
    }
}

TEST_F(PatchTest, TheSameListAgainChangesNothing) {
    const std::vector<AdapterUse> uses{{golden("lora"), 0.5, 0.5, {}}};
    patch_.apply(uses);
    const auto* place = weight().data_ptr();
    patch_.apply(uses);
    EXPECT_EQ(weight().data_ptr(), place);
}

TEST_F(PatchTest, SeveralAdaptersAddUpInAnyOrder) {
    const auto a = golden("dora_out");
    const auto b = golden("loha");
    patch_.apply({{a, 0.7, 0.7, {}}});
    std::map<std::string, torch::Tensor> deltas;
    const auto collect = [&] {
        for (const auto& tensor : patch_.changed()) {
            auto& sum = deltas[tensor.key];
            const auto delta = tensor.patched - tensor.original;
            sum = sum.defined() ? sum + delta : delta;
        }
    };
    collect();
    patch_.apply({{b, -0.4, 0.0, {}}});
    collect();
    patch_.apply({{b, -0.4, 0.0, {}}, {a, 0.7, 0.7, {}}});
    for (const auto& tensor : patch_.changed()) {
        EXPECT_LT(difference(tensor.patched - tensor.original, deltas.at(tensor.key)), 1e-6)
            << tensor.key;
    }
    EXPECT_EQ(patch_.changed().size(), deltas.size());
}

TEST_F(PatchTest, PartsHaveTheirOwnStrengths) {
    patch_.apply({{golden("lora"), 0.0, 1.0, {}}});
    EXPECT_FALSE(patch_.changed().empty());
    for (const auto& tensor : patch_.changed()) {
        EXPECT_EQ(tensor.part, diffusion::checkpoint::Part::text_encoder) << tensor.key;
    }
    patch_.apply({{golden("lora"), 1.0, 0.0, {}}});
    for (const auto& tensor : patch_.changed()) {
        EXPECT_EQ(tensor.part, diffusion::checkpoint::Part::unet) << tensor.key;
    }
}

TEST_F(PatchTest, ATruncatedRankUsesTheFirstRowsAndKeepsTheScale) {
    torch::manual_seed(5);
    const auto down = torch::randn({4, 16}), up = torch::randn({16, 4});
    const auto file =
        write(folder_ / "rank.safetensors", {{kohya_to_q + ".lora_down.weight", down},
                                             {kohya_to_q + ".lora_up.weight", up},
                                             {kohya_to_q + ".alpha", torch::tensor(2.0f)}});
    patch_.apply({{file, 1.0, 1.0, 1}});
    const auto expected = 0.5 * up.slice(1, 0, 1).matmul(down.slice(0, 0, 1));
    const auto changed = patch_.changed();
    ASSERT_EQ(changed.size(), 1u);
    EXPECT_LT(difference(changed[0].patched - changed[0].original, expected), 1e-6);
}

TEST_F(PatchTest, WeightsKeepTheirTypeAndOrder) {
    const auto layer = std::string("down_blocks.0.resnets.0.conv2");
    auto parameter = weight(layer);
    {
        const torch::NoGradGuard no_grad;
        parameter.set_data(
            parameter.to(torch::kFloat16).contiguous(torch::MemoryFormat::ChannelsLast));
    }
    patch_.apply({{golden("full"), 1.0, 1.0, {}}});
    EXPECT_EQ(weight(layer).scalar_type(), torch::kFloat16);
    EXPECT_TRUE(weight(layer).is_contiguous(torch::MemoryFormat::ChannelsLast));
}

TEST_F(PatchTest, WeightsOfEightBitsBecomeHalves) {
    {
        const torch::NoGradGuard no_grad;
        weight().set_data(weight().to(torch::kFloat8_e4m3fn));
    }
    patch_.apply({{small("a.safetensors"), 1.0, 1.0, {}}});
    EXPECT_EQ(weight().scalar_type(), torch::kFloat16);
    patch_.apply({});
    EXPECT_EQ(weight().scalar_type(), torch::kFloat8_e4m3fn);
}

TEST_F(PatchTest, AFileThatWasWrittenAnewIsReadAnew) {
    const auto file =
        write(folder_ / "a.safetensors", {{kohya_to_q + ".diff", torch::ones({16, 16})}});
    patch_.apply({{file, 1.0, 1.0, {}}});
    const auto once = weight().clone();
    write(file, {{kohya_to_q + ".diff", torch::full({16, 16}, 2.0)}, {"more", torch::ones({1})}});
    patch_.apply({{file, 1.0, 1.0, {}}});
    EXPECT_LT(difference(weight() - once, torch::ones({16, 16})), 1e-6);
}

TEST_F(PatchTest, AnAdapterOfAnotherFamilyIsNamedAndLeavesTheModelAsItWas) {
    const auto before = weight().clone();
    const auto message = refusal_of([&] {
        patch_.apply({{data_file("adapters/sdxl/lora.kohya_ldm.safetensors"), 1.0, 1.0, {}}});
    });
    EXPECT_NE(message.find("lora.kohya_ldm.safetensors"), message.npos) << message;
    EXPECT_NE(message.find("lora_"), message.npos) << message;
    EXPECT_NE(message.find("made for SDXL, and the model is Stable Diffusion 1"), message.npos)
        << message;
    EXPECT_TRUE(torch::equal(weight(), before));
    EXPECT_TRUE(patch_.changed().empty());
}

TEST_F(PatchTest, LayersThatTheModelLacksAreLeftOutWithAWarning) {
    torch::manual_seed(3);
    Tensors tensors;
    for (const auto& layer : {kohya_to_q, std::string("lora_unet_nowhere")}) {
        tensors[layer + ".lora_down.weight"] = torch::randn({2, 16});
        tensors[layer + ".lora_up.weight"] = torch::randn({16, 2});
    }
    patch_.apply({{write(folder_ / "some.safetensors", tensors), 1.0, 1.0, {}}});
    EXPECT_EQ(patch_.changed().size(), 1u);
    ASSERT_EQ(patch_.warnings().size(), 1u);
    EXPECT_NE(patch_.warnings()[0].find("some.safetensors: 1 of its 2 layers"), std::string::npos);
    EXPECT_NE(patch_.warnings()[0].find("lora_unet_nowhere"), std::string::npos);
    patch_.apply({});
    EXPECT_TRUE(patch_.warnings().empty());
}

TEST_F(PatchTest, UnknownLayersAreNamed) {
    const auto file = small("other.safetensors", "lora_transformer_single_blocks_0_linear1");
    const auto message = refusal_of([&] { patch_.apply({{file, 1.0, 1.0, {}}}); });
    EXPECT_NE(message.find("other.safetensors"), message.npos) << message;
    EXPECT_NE(message.find("lora_transformer_single_blocks_0_linear1"), message.npos) << message;
}

}  // namespace
