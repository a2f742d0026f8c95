#include "diffusion/checkpoint/model_variant.h"

#include <gtest/gtest.h>

#include "diffusion/error.h"
#include "tests/diffusion/checkpoint/checkpoint_support.h"
#include "tests/diffusion/checkpoint/hollow_model.h"

namespace {

using namespace checkpoint_test;
using namespace diffusion::checkpoint;

/// Whole checkpoints of real size from the key lists of the known families.
class RealFamilies : public testing::Test {
protected:
    ModelDescription describe(const HollowModel& model, const std::string& name = "model.safetensors") {
        model.write(folder / name);
        return describe_model(folder / name);
    }

    HollowModel sd1 = HollowModel::of({"sd15_unet.original", "vae.original", "clip_l.original_sd1"});
    HollowModel sd2 = HollowModel::of({"sd21_unet.original", "vae.original", "openclip_h.original_sd2"});
    HollowModel sdxl = HollowModel::of({"sdxl_base_unet.original", "vae.original",
                                        "clip_l.original_sdxl", "openclip_bigg.original_sdxl"});
    TempFolder folder;
};

TEST_F(RealFamilies, StableDiffusionOneAndItsVariants) {
    const auto plain = describe(sd1);
    EXPECT_EQ(plain.family, ModelFamily::sd1);
    EXPECT_EQ(variant_of(plain), "");
    EXPECT_EQ(plain.native_size, 512);
    EXPECT_TRUE(plain.unused_keys.empty());
    EXPECT_EQ(limit_of(plain), "");
    EXPECT_TRUE(suggestion_for(plain).is_empty());
    sd1.shapes["model.diffusion_model.input_blocks.0.0.weight"] = {320, 9, 3, 3};
    EXPECT_EQ(variant_of(describe(sd1)), "inpaint");
    EXPECT_EQ(limit_of(describe(sd1)), "");
    sd1.shapes["model.diffusion_model.input_blocks.0.0.weight"] = {320, 8, 3, 3};
    EXPECT_EQ(variant_of(describe(sd1)), "instruct-pix2pix");
    EXPECT_NE(limit_of(describe(sd1)).find("8 channels"), std::string::npos);
}

TEST_F(RealFamilies, StableDiffusionTwoAndItsVariants) {
    const auto base = describe(sd2);
    EXPECT_EQ(base.family, ModelFamily::sd2);
    EXPECT_EQ(base.prediction(), Prediction::epsilon) << "biases of zeros deviate by nothing";
    EXPECT_EQ(base.native_size, 512);
    sd2.metadata["modelspec.prediction_type"] = "v";
    EXPECT_EQ(describe(sd2).native_size, 768);
    sd2.metadata.clear();
    sd2.shapes["model.diffusion_model.input_blocks.0.0.weight"] = {320, 9, 3, 3};
    EXPECT_EQ(variant_of(describe(sd2)), "inpaint");
    EXPECT_EQ(describe(sd2).prediction(), Prediction::epsilon);
}

TEST_F(RealFamilies, SdTurboInTheLayoutOfSgm) {
    HollowModel turbo;
    for (const auto& [key, shape] : sd2.shapes) {
        const std::string text = "cond_stage_model.model.";
        turbo.shapes[key.rfind(text, 0) == 0 ? "conditioner.embedders.0.model." + key.substr(text.size())
                                             : key] = shape;
    }
    const auto d = describe(turbo, "sd_turbo.safetensors");
    EXPECT_EQ(d.family, ModelFamily::sd2);
    ASSERT_TRUE(d.text_encoder);
    EXPECT_EQ(d.text_encoder->config.width, 1024);
    EXPECT_FALSE(d.text_encoder_2);
    EXPECT_EQ(variant_of(d), "Turbo");
    EXPECT_EQ(suggestion_for(d).steps, 4);
}

TEST_F(RealFamilies, StableDiffusionXlItsVariantsAndItsRefiner) {
    const auto base = describe(sdxl);
    EXPECT_EQ(base.family, ModelFamily::sdxl);
    EXPECT_EQ(variant_of(base), "");
    EXPECT_EQ(base.native_size, 1024);
    sdxl.shapes["v_pred"] = {0};
    sdxl.shapes["ztsnr"] = {0};
    const auto v = describe(sdxl);
    EXPECT_EQ(v.prediction(), Prediction::v);
    EXPECT_TRUE(v.scheduler.zero_terminal_snr);
    EXPECT_TRUE(v.unused_keys.empty());
    sdxl.shapes["model.diffusion_model.input_blocks.0.0.weight"] = {320, 9, 3, 3};
    EXPECT_EQ(variant_of(describe(sdxl)), "inpaint");
    const auto refiner = describe(HollowModel::of(
        {"sdxl_refiner_unet.original", "vae.original", "openclip_bigg.original_refiner"}));
    EXPECT_EQ(refiner.family, ModelFamily::sdxl_refiner);
    EXPECT_FALSE(refiner.text_encoder);
    EXPECT_EQ(refiner.text_encoder_2->config.width, 1280);
}

/// Leaves out every transformer block from `depth` on, behind each of the given blocks.
void prune(HollowModel& model, const std::vector<std::string>& blocks, int depth) {
    for (const auto& block : blocks) {
        std::erase_if(model.shapes, [&](const auto& item) {
            const auto start = "model.diffusion_model." + block + ".1.transformer_blocks.";
            if (item.first.rfind(start, 0) != 0) return false;
            return std::stoi(item.first.substr(start.size())) >= depth;
        });
    }
}

TEST_F(RealFamilies, PrunedOnesByTheirDepths) {
    prune(sdxl, {"input_blocks.7", "input_blocks.8", "output_blocks.0", "output_blocks.1",
                 "output_blocks.2"}, 4);
    std::erase_if(sdxl.shapes, [](const auto& item) {
        return item.first.rfind("model.diffusion_model.middle_block.1.", 0) == 0 ||
               item.first.rfind("model.diffusion_model.middle_block.2.", 0) == 0;
    });
    const auto ssd = describe(sdxl, "ssd.safetensors");
    EXPECT_EQ(variant_of(ssd), "SSD-1B");
    EXPECT_EQ(ssd.unet->mid_depth, -1);
    prune(sdxl, {"input_blocks.4", "input_blocks.5"}, 1);
    prune(sdxl, {"input_blocks.7", "input_blocks.8"}, 2);
    EXPECT_EQ(variant_of(describe(sdxl, "vega.safetensors")), "Segmind Vega");
    prune(sdxl, {"input_blocks.8"}, 1);
    EXPECT_EQ(variant_of(describe(sdxl, "other.safetensors")), "pruned");
}

struct Named {
    const char* file;
    const char* sampler;
    int steps;
    double guidance_scale;
};

TEST_F(RealFamilies, SettingsAreSuggestedByTheNamesOfDistilledModels) {
    for (const auto& row : {Named{"sdxl_lightning_8step.safetensors", "Euler", 8, 1.0},
                            Named{"juggernautXL_v9RdphotoLightning.safetensors", "Euler", 4, 1.0},
                            Named{"Hyper-SDXL-1step-Unet.safetensors", "Euler", 1, 1.0},
                            Named{"sd_xl_turbo_1.0_fp16.safetensors", "Euler a", 4, 1.0},
                            Named{"DreamShaper8_LCM.safetensors", "LCM", 4, 1.5},
                            Named{"bigasp_DMD2.safetensors", "LCM", 4, 1.0},
                            Named{"hyperrealism_v3.safetensors", "", 0, 0.0},
                            Named{"hyper realistic 2 steps.safetensors", "", 0, 0.0},
                            Named{"falcmaker_40step.safetensors", "", 0, 0.0}}) {
        const auto found = suggestion_for(describe(sdxl, row.file));
        EXPECT_EQ(found.sampler, row.sampler) << row.file;
        EXPECT_EQ(found.steps, row.steps) << row.file;
        EXPECT_EQ(found.guidance_scale, row.guidance_scale) << row.file;
        EXPECT_EQ(found.is_empty(), found.sampler.empty()) << row.file;
    }
    sdxl.metadata["modelspec.title"] = "Realities Edge XL Lightning (4 steps)";
    const auto by_title = suggestion_for(describe(sdxl, "re.safetensors"));
    EXPECT_EQ(by_title.reason, "modelspec.title in the file says Lightning, 4 steps");
}

TEST_F(RealFamilies, ALatentConsistencyModelSaysSoByItsGuidanceInput) {
    sd1.shapes["model.diffusion_model.time_embed.cond_proj.weight"] = {320, 256};
    const auto d = describe(sd1);
    EXPECT_EQ(d.unet->guidance_dim, 256);
    EXPECT_EQ(variant_of(d), "LCM");
    const auto suggested = suggestion_for(d);
    EXPECT_EQ(suggested.sampler, "LCM");
    EXPECT_EQ(suggested.steps, 4);
    EXPECT_EQ(suggested.guidance_scale, 8.0);
    EXPECT_NE(suggested.reason.find("guidance input"), suggested.reason.npos);
}

TEST_F(RealFamilies, PlaygroundBringsTheScaleOfItsLatents) {
    sdxl.shapes["edm_mean"] = {1, 4, 1, 1};
    sdxl.shapes["edm_std"] = {1, 4, 1, 1};
    const auto d = describe(sdxl);
    EXPECT_EQ(d.prediction(), Prediction::edm);
    EXPECT_EQ(variant_of(d), "Playground v2.5");
    EXPECT_EQ(suggestion_for(d).guidance_scale, 3.0);
}

TEST_F(RealFamilies, TheUserKnowsBetterThanTheKeys) {
    sd1.write(folder / "x.safetensors");
    OpenOptions options;
    options.prediction = Prediction::v;
    EXPECT_EQ(describe_model(folder / "x.safetensors", options).prediction(), Prediction::v);
    sd2.write(folder / "y.safetensors");
    options.family = ModelFamily::sd1;
    EXPECT_EQ(describe_model(folder / "y.safetensors", options).family, ModelFamily::sd1);
}

}  // namespace
