#include "diffusion/checkpoint/key_map.h"

#include <gtest/gtest.h>

#include <set>

#include "tests/diffusion/checkpoint/checkpoint_support.h"

namespace {

using namespace checkpoint_test;
using diffusion::checkpoint::contiguous_strides;
using diffusion::checkpoint::is_ignored_key;
using diffusion::checkpoint::KeyMap;
using diffusion::checkpoint::map_keys;
using diffusion::checkpoint::Part;
using diffusion::checkpoint::TensorEntry;
using diffusion::checkpoint::TensorTable;

using Shapes = std::map<std::string, std::vector<std::int64_t>>;

Shapes shapes_of(const std::string& list) {
    return data_json("keys/" + list + ".json").get<Shapes>();
}

TensorTable table_of(const Shapes& shapes) {
    TensorTable table;
    for (const auto& [key, shape] : shapes) {
        TensorEntry entry;
        entry.shape = shape;
        entry.strides = contiguous_strides(shape);
        table.tensors[key] = entry;
    }
    return table;
}

struct Pair {
    const char* original;
    const char* canonical;
};

class EveryNetwork : public testing::TestWithParam<Pair> {};

TEST_P(EveryNetwork, ReachesEachCanonicalKeyExactlyOnceWithItsShape) {
    const auto table = table_of(shapes_of(GetParam().original));
    const auto expected = shapes_of(GetParam().canonical);
    const KeyMap map(table);
    Shapes reached;
    for (const auto& [key, entry] : table.tensors) {
        for (const auto& tensor : map.map(key, entry)) {
            EXPECT_TRUE(reached.emplace(tensor.key, tensor.entry.shape).second) << tensor.key;
        }
    }
    for (const auto& [key, shape] : expected) {
        ASSERT_TRUE(reached.count(key)) << key;
        EXPECT_EQ(reached.at(key), shape) << key;
        reached.erase(key);
    }
    // SD 2 files hold one more text layer than its folders.
    const bool may_have_more = std::string(GetParam().canonical) == "openclip_h.diffusers";
    EXPECT_TRUE(may_have_more || reached.empty());
}

INSTANTIATE_TEST_SUITE_P(
    KeyMap, EveryNetwork,
    testing::Values(Pair{"sd15_unet.original", "sd15_unet.diffusers"},
                    Pair{"sd15_inpaint_unet.original", "sd15_inpaint_unet.diffusers"},
                    Pair{"sd21_unet.original", "sd21_unet.diffusers"},
                    Pair{"sdxl_base_unet.original", "sdxl_base_unet.diffusers"},
                    Pair{"sdxl_refiner_unet.original", "sdxl_refiner_unet.diffusers"},
                    Pair{"vae.original", "vae.diffusers"},
                    Pair{"clip_l.original_sd1", "clip_l.diffusers"},
                    Pair{"clip_l.original_sdxl", "clip_l.diffusers"},
                    Pair{"openclip_h.original_sd2", "openclip_h.diffusers"},
                    Pair{"openclip_bigg.original_sdxl", "openclip_bigg.diffusers"},
                    Pair{"openclip_bigg.original_refiner", "openclip_bigg.diffusers"},
                    Pair{"controlnet_sd15.original", "controlnet_sd15.diffusers"},
                    Pair{"controlnet_sdxl.original", "controlnet_sdxl.diffusers"}));

TEST(KeyMap, CanonicalKeysStayAsTheyAre) {
    for (const std::string name :
         {"sd15_unet", "sdxl_base_unet", "vae", "clip_l", "controlnet_sd15", "controlnet_sdxl", "taesd"}) {
        const auto table = table_of(shapes_of(name + ".diffusers"));
        const KeyMap map(table);
        for (const auto& [key, entry] : table.tensors) {
            const auto mapped = map.map(key, entry);
            ASSERT_EQ(mapped.size(), 1u) << key;
            EXPECT_EQ(mapped[0].key, key);
        }
    }
}

TEST(KeyMap, HalvesOfATinyAutoencoderReachEachOfItsKeysExactlyOnce) {
    Shapes reached;
    for (const std::string half : {"taesd_encoder", "taesd_decoder"}) {
        auto mapped = map_keys(table_of(shapes_of(half + ".original")));
        EXPECT_TRUE(mapped.unused.empty()) << half;
        for (const auto& [key, entry] : mapped[Part::vae].tensors) {
            EXPECT_TRUE(reached.emplace(key, entry.shape).second) << key;
        }
    }
    EXPECT_EQ(reached, shapes_of("taesd.diffusers"));
}

TEST(KeyMap, EveryKeyOfAControlNetIsPartOfItWhateverItsPrefix) {
    const auto shapes = shapes_of("controlnet_sd15.original");
    Shapes bare;
    for (const auto& [key, shape] : shapes) bare[key.substr(std::string("control_model.").size())] = shape;
    for (const auto& file : {shapes, bare, shapes_of("controlnet_sd15.diffusers")}) {
        auto mapped = map_keys(table_of(file));
        EXPECT_EQ(mapped[Part::control].tensors.size(), 340u) << file.begin()->first;
        EXPECT_TRUE(mapped[Part::unet].tensors.empty()) << file.begin()->first;
        EXPECT_TRUE(mapped.unused.empty()) << file.begin()->first;
    }
}

TEST(KeyMap, IgnoresWhatTrainingLeavesInFiles) {
    const auto extras = data_json("keys/extras.json");
    for (const char* group : {"sd1_sd2", "sdxl"}) {
        for (const auto& [key, shape] : extras.at(group).items()) EXPECT_TRUE(is_ignored_key(key)) << key;
    }
    EXPECT_TRUE(is_ignored_key("model_ema.diffusion_modelinput_blocks00weight"));
    EXPECT_FALSE(is_ignored_key("model.diffusion_model.out.0.weight"));
}

TEST(KeyMap, CutsAPackedProjectionIntoThreeViews) {
    TensorTable table;
    const auto packed = torch::arange(18, torch::kFloat32).view({6, 3}).contiguous();
    TensorEntry entry;
    entry.shape = {6, 3};
    entry.strides = {3, 1};
    entry.bytes = {static_cast<const std::byte*>(packed.data_ptr()), packed.nbytes()};
    const std::string stem = "cond_stage_model.model.transformer.resblocks.4.attn.in_proj_weight";
    table.tensors[stem] = entry;
    const auto mapped = KeyMap(table).map(stem, entry);
    ASSERT_EQ(mapped.size(), 3u);
    EXPECT_EQ(mapped[1].key, "text_model.encoder.layers.4.self_attn.k_proj.weight");
    const auto k = diffusion::checkpoint::to_tensor(mapped[1].entry);
    EXPECT_TRUE(torch::equal(k, packed.slice(0, 2, 4)));
}

TEST(KeyMap, TransposesTheTextProjectionOfOpenClipOnly) {
    const Shapes shapes{{"conditioner.embedders.1.model.text_projection", {4, 7}},
                        {"clip_g.transformer.text_projection.weight", {7, 4}}};
    auto mapped = map_keys(table_of(shapes));
    const auto& text = mapped[Part::text_encoder_2];
    EXPECT_EQ(text.tensors.at("text_projection.weight").shape, (std::vector<std::int64_t>{7, 4}));
}

TEST(KeyMap, StripsTheWrappersOfTrainingTools) {
    auto shapes = shapes_of("sd15_unet.original");
    TensorTable wrapped;
    for (const auto& [key, entry] : table_of(shapes).tensors) wrapped.tensors["module." + key] = entry;
    auto mapped = map_keys(wrapped);
    EXPECT_EQ(mapped[Part::unet].tensors.size(), shapes.size());
    EXPECT_TRUE(mapped.unused.empty());
}

TEST(KeyMap, ListsKeysThatBelongToNoPart) {
    auto shapes = shapes_of("vae.original");
    shapes["something.else"] = {1};
    const auto mapped = map_keys(table_of(shapes));
    EXPECT_EQ(mapped.unused, std::vector<std::string>{"something.else"});
}

}  // namespace
