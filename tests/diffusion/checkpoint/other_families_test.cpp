#include "diffusion/checkpoint/other_families.h"

#include <gtest/gtest.h>

#include "diffusion/checkpoint/model_files.h"
#include "diffusion/checkpoint/safetensors.h"
#include "tests/diffusion/checkpoint/checkpoint_support.h"

namespace {

using namespace checkpoint_test;
using namespace diffusion::checkpoint;

std::string refusal_of(const std::filesystem::path& model) {
    try {
        open_model(model);
    } catch (const diffusion::Error& error) {
        EXPECT_EQ(error.kind(), diffusion::ErrorKind::unsupported_model);
        return error.what();
    }
    return "opened";
}

struct OtherModel {
    const char* name;
    const char* key;
    const char* said;
};

class OtherFamiliesTest : public testing::TestWithParam<OtherModel> {};

// Their files often hold a VAE and text encoders like ours.
TEST_P(OtherFamiliesTest, AreNamedBesidePartsThatWeKnow) {
    const TempFolder folder;
    auto dict = read_safetensors(data_file("tiny/sd1/model.safetensors"));
    std::erase_if(dict.tensors, [](const auto& item) {
        return item.first.find("diffusion_model.") != std::string::npos;
    });
    dict.tensors[GetParam().key] = torch::zeros({4, 4});
    write_safetensors(folder / "x.safetensors", dict);
    const auto said = refusal_of(folder / "x.safetensors");
    EXPECT_NE(said.find(GetParam().said), std::string::npos) << said;
}

INSTANTIATE_TEST_SUITE_P(
    All, OtherFamiliesTest,
    testing::Values(
        OtherModel{"sd3", "model.diffusion_model.joint_blocks.0.x_block.attn.qkv.weight",
                   "another family: Stable Diffusion 3"},
        OtherModel{"flux", "model.diffusion_model.double_blocks.0.img_attn.qkv.weight",
                   "another family: FLUX"},
        OtherModel{"kohya_lora", "lora_unet_mid_block_attentions_0_proj_in.lora_up.weight",
                   "is a LoRA, which is used beside a model"},
        OtherModel{"diffusers_lora", "unet.mid_block.attentions.0.proj_in.lora_A.weight",
                   "is a LoRA, which is used beside a model"}),
    [](const auto& row) { return std::string(row.param.name); });

TEST(OtherPipelines, AreNamedByTheirClass) {
    const TempFolder folder;
    std::filesystem::create_directories(folder / "vae");
    std::filesystem::copy(data_file("tiny/sd1/diffusers/vae"), folder / "vae");
    for (const auto& [name, said] :
         {std::pair{"StableDiffusion3Pipeline", "Stable Diffusion 3"}, {"FluxPipeline", "FLUX"}}) {
        write_bytes(folder / "model_index.json",
                    R"({"_class_name": ")" + std::string(name) + R"("})");
        const auto sentence = refusal_of(folder / ".");
        EXPECT_NE(sentence.find(said), std::string::npos) << sentence;
    }
    EXPECT_FALSE(other_pipeline("StableDiffusionXLInpaintPipeline"));
    EXPECT_FALSE(other_pipeline("AtelierPipeline"));
}

// A mark counts at the begin of a name only: OpenCLIP's "resblocks.0.attn" is no "blocks.0.attn".
TEST(OtherFamilies, AreNotSeenInPartsOfNames) {
    TensorTable table;
    table.tensors["transformer.resblocks.0.attn.in_proj_weight"] = {};
    EXPECT_FALSE(other_kind(table));
    table.tensors["blocks.0.attn.qkv.weight"] = {};
    EXPECT_TRUE(other_kind(table));
}

}  // namespace
