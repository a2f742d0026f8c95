#include "diffusion/adapters/module_names.h"

#include "diffusion/adapters/adapter_keys.h"
#include "tests/diffusion/checkpoint/checkpoint_support.h"

#include <algorithm>
#include <gtest/gtest.h>

namespace {

using diffusion::adapters::ModuleName;
using diffusion::adapters::ModuleNames;
using diffusion::adapters::split_adapter_key;
using diffusion::checkpoint::Part;

std::vector<std::string> keys_of(const std::string& list) {
    std::vector<std::string> keys;
    const auto document = checkpoint_test::data_json("keys/" + list);
    for (const auto& [key, shape] : document.items()) keys.push_back(key);
    return keys;
}

ModuleNames sdxl() {
    ModuleNames names;
    names.add(Part::unet, keys_of("sdxl_base_unet.diffusers.json"));
    names.add(Part::text_encoder, keys_of("clip_l.diffusers.json"));
    names.add(Part::text_encoder_2, keys_of("openclip_bigg.diffusers.json"));
    return names;
}

std::string found(const ModuleNames& names, const std::string& spelled) {
    const auto* module = names.find(spelled);
    return module ? module->name : "";
}

TEST(ModuleNames, EveryTrainersSpellingFindsTheLayer) {
    const auto names = sdxl();
    const std::string to_q = "down_blocks.1.attentions.0.transformer_blocks.0.attn1.to_q";
    for (const std::string spelled :
         {"lora_unet_input_blocks_4_1_transformer_blocks_0_attn1_to_q",
          "lora_unet_down_blocks_1_attentions_0_transformer_blocks_0_attn1_to_q",
          "lycoris_down_blocks_1_attentions_0_transformer_blocks_0_attn1_to_q",
          "unet.down_blocks.1.attentions.0.transformer_blocks.0.attn1.to_q",
          "base_model.model.down_blocks.1.attentions.0.transformer_blocks.0.attn1.to_q",
          "base_model.model.unet.down_blocks.1.attentions.0.transformer_blocks.0.attn1.to_q",
          "diffusion_model.input_blocks.4.1.transformer_blocks.0.attn1.to_q"}) {
        EXPECT_EQ(found(names, spelled), to_q) << spelled;
    }
    EXPECT_EQ(found(names, "lora_unet_input_blocks_1_0_in_layers_2"),
              "down_blocks.0.resnets.0.conv1");
    EXPECT_EQ(found(names, "lora_unet_input_blocks_3_0_op"), "down_blocks.0.downsamplers.0.conv");
    EXPECT_EQ(found(names, "lora_unet_output_blocks_2_2_conv"), "up_blocks.0.upsamplers.0.conv");
    EXPECT_EQ(found(names, "lora_unet_label_emb_0_0"), "add_embedding.linear_1");
    EXPECT_EQ(found(names, "lora_unet_out_2"), "conv_out");
    EXPECT_EQ(found(names, "lora_unet_nothing"), "");
}

TEST(ModuleNames, TextEncodersAreToldApart) {
    const auto names = sdxl();
    const std::string layer = "text_model.encoder.layers.3.self_attn.q_proj";
    const std::string flat = "text_model_encoder_layers_3_self_attn_q_proj";
    for (const auto& first : {"lora_te1_" + flat, "lora_te_" + flat, "text_encoder." + layer,
                              "clip_l.transformer." + layer}) {
        ASSERT_NE(names.find(first), nullptr) << first;
        EXPECT_EQ(*names.find(first), (ModuleName{Part::text_encoder, layer})) << first;
    }
    for (const auto& second : {"lora_te2_" + flat, "text_encoder_2." + layer,
                               "text_encoders.clip_g.transformer." + layer}) {
        ASSERT_NE(names.find(second), nullptr) << second;
        EXPECT_EQ(*names.find(second), (ModuleName{Part::text_encoder_2, layer})) << second;
    }
    EXPECT_EQ(names.find("lora_te_text_model_encoder_layers_20_self_attn_q_proj"), nullptr)
        << "the first encoder has 12 layers";
}

TEST(ModuleNames, ARefinersOnlyEncoderNeedsNoNumber) {
    ModuleNames names;
    names.add(Part::text_encoder_2, keys_of("openclip_bigg.diffusers.json"));
    EXPECT_NE(names.find("lora_te_text_model_encoder_layers_20_self_attn_q_proj"), nullptr);
}

TEST(ModuleNames, NoTwoLayersShareASpelling) {
    for (const char* list : {"sd15_unet.diffusers.json", "sd21_unet.diffusers.json",
                             "sdxl_base_unet.diffusers.json", "sdxl_refiner_unet.diffusers.json"}) {
        ModuleNames names;
        const auto keys = keys_of(list);
        names.add(Part::unet, keys);
        for (const auto& key : keys) {
            if (!key.ends_with(".weight")) continue;
            auto layer = key.substr(0, key.size() - 7);
            EXPECT_EQ(found(names, "unet." + layer), layer);
            auto flat = layer;
            std::replace(flat.begin(), flat.end(), '.', '_');
            EXPECT_EQ(found(names, "lora_unet_" + flat), layer) << list;
        }
    }
}

TEST(AdapterKeys, SuffixesOfAllTrainersMeanTheSameFactors) {
    const auto expect = [](const std::string& key, const std::string& module,
                           const std::string& factor) {
        const auto split = split_adapter_key(key);
        ASSERT_TRUE(split) << key;
        EXPECT_EQ(split->module, module) << key;
        EXPECT_EQ(split->factor, factor) << key;
    };
    expect("lora_unet_a.lora_down.weight", "lora_unet_a", "down");
    expect("unet.a.to_q.lora_A.weight", "unet.a.to_q", "down");
    expect("unet.a.to_q.lora_B.style.weight", "unet.a.to_q", "up");
    expect("unet.a.to_q.lora_B.bias", "unet.a.to_q", "up_bias");
    expect("unet.a.to_q.lora.up.weight", "unet.a.to_q", "up");
    expect("text_encoder.a.q_proj.lora_linear_layer.down.weight", "text_encoder.a.q_proj", "down");
    expect("unet.a.attn1.processor.to_out_lora.up.weight", "unet.a.attn1.to_out.0", "up");
    expect("text_encoder.a.self_attn.to_v_lora.down.weight", "text_encoder.a.self_attn.v_proj",
           "down");
    expect("a.lora_magnitude_vector", "a", "dora_scale");
    EXPECT_FALSE(split_adapter_key("a.bias"));
    EXPECT_FALSE(split_adapter_key(".alpha"));
}

}  // namespace
