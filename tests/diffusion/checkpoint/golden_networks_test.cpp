// The networks, filled from files, against values computed with diffusers and transformers.

#include <gtest/gtest.h>

#include "clip/text_encoder.h"
#include "diffusion/checkpoint/json_file.h"
#include "diffusion/checkpoint/load_weights.h"
#include "diffusion/checkpoint/model_files.h"
#include "diffusion/checkpoint/infer_config.h"
#include "diffusion/checkpoint/safetensors.h"
#include "diffusion/checkpoint/write_config.h"
#include "tests/diffusion/checkpoint/checkpoint_support.h"
#include "unet/unet.h"
#include "vae/autoencoder.h"

namespace {

using namespace checkpoint_test;
using namespace diffusion::checkpoint;

using Tensors = std::map<std::string, torch::Tensor>;

struct TinyFile {
    const char* family;
    const char* file;
};

LoadOptions as_float() {
    LoadOptions options;
    options.dtype = torch::kFloat32;
    return options;
}

torch::Tensor find(const Tensors& tensors, const std::string& name) {
    const auto found = tensors.find(name);
    return found == tensors.end() ? torch::Tensor() : found->second;
}

class GoldenNetworks : public testing::TestWithParam<TinyFile> {
protected:
    void SetUp() override {
        const std::string folder = std::string("tiny/") + GetParam().family;
        files_ = open_model(data_file(folder + "/" + GetParam().file), tiny_options(GetParam().family));
        golden_ = read_safetensors(data_file(folder + "/vectors.safetensors")).tensors;
    }

    void expect_near(const std::string& name, const torch::Tensor& value, double tolerance) const {
        const auto expected = find(golden_, name);
        ASSERT_TRUE(expected.defined()) << name;
        EXPECT_LT(difference(value, expected), tolerance) << name;
    }

    ModelFiles files_;
    Tensors golden_;
    const torch::InferenceMode inference_;
};

TEST_P(GoldenNetworks, UNetGivesTheReferenceOutputs) {
    if (!files_.description.unet) GTEST_SKIP() << "no UNet in this file";
    unet::UNet unet(*files_.description.unet);
    load_weights(*unet, files_.unet, as_float());
    for (const std::string name : {"t981", "t500b2", "t1", "t0", "t999", "t333.25", "t700_large",
                                   "t250_odd"}) {
        const auto start = "unet." + name + ".";
        const auto output = unet(golden_.at(start + "sample"), golden_.at(start + "timestep").view({-1}),
                                 unet::Conditioning{golden_.at(start + "context"),
                                                    find(golden_, start + "text_embeds"),
                                                    find(golden_, start + "time_ids")});
        expect_near(start + "out", output, 2.5e-4);
    }
}

TEST_P(GoldenNetworks, UNetGivesTheReferenceInnerValues) {
    if (!files_.description.unet) GTEST_SKIP() << "no UNet in this file";
    unet::UNet unet(*files_.description.unet);
    load_weights(*unet, files_.unet, as_float());
    const std::string start = "unet.t981.";
    int count = 0;
    const auto tap = [&](std::string_view name, const torch::Tensor& value) {
        const auto expected = find(golden_, start + "act." + std::string(name));
        if (!expected.defined()) return;
        ++count;
        const auto size = std::max(1.0, expected.abs().max().item<double>());
        EXPECT_LT(difference(value, expected), 1e-4 * size) << name;
    };
    unet(golden_.at(start + "sample"), golden_.at(start + "timestep").view({-1}),
         unet::Conditioning{golden_.at(start + "context"), find(golden_, start + "text_embeds"),
                            find(golden_, start + "time_ids")},
         nullptr, tap);
    EXPECT_GE(count, 8);
}

TEST_P(GoldenNetworks, AutoencoderGivesTheReferencePictures) {
    if (!files_.description.vae) GTEST_SKIP() << "no VAE in this file";
    const auto config = std::get<vae::AutoencoderConfig>(*files_.description.vae);
    vae::Autoencoder autoencoder(config);
    load_weights(*autoencoder, files_.vae, as_float());
    for (const std::string start : {"vae.a.", "vae.b2."}) {
        const auto moments = autoencoder->encode(golden_.at(start + "image"));
        expect_near(start + "mean", moments.mean, 2e-5);
        expect_near(start + "logvar", moments.logvar, 2e-5);
        expect_near(start + "decoded", autoencoder->decode(golden_.at(start + "latent")), 2e-5);
    }
}

TEST_P(GoldenNetworks, TextEncodersGiveTheReferenceStates) {
    const auto check = [&](const std::string& name, const std::optional<TextEncoderPart>& part,
                           const TensorTable& weights) {
        if (!part) return;
        clip::TextEncoder encoder(part->config);
        load_weights(*encoder, weights, as_float());
        const auto output = encoder(golden_.at(name + ".ids"));
        for (size_t i = 1; golden_.count(name + ".hidden." + std::to_string(i)) > 0; ++i) {
            expect_near(name + ".hidden." + std::to_string(i), output.hidden.at(i), 2e-5);
        }
        expect_near(name + ".last", output.last, 2e-5);
        if (golden_.count(name + ".pooled")) expect_near(name + ".pooled", output.pooled, 2e-5);
    };
    check("te", files_.description.text_encoder, files_.text_encoder);
    check("te2", files_.description.text_encoder_2, files_.text_encoder_2);
}

INSTANTIATE_TEST_SUITE_P(Tiny, GoldenNetworks,
                         testing::Values(TinyFile{"sd1", "model.safetensors"},
                                         TinyFile{"sd1", "diffusers"},
                                         TinyFile{"sd1", "variants/vae_only.vae.pt"},
                                         TinyFile{"sd1-inpaint", "diffusers/unet"},
                                         TinyFile{"sd2-v", "model.fp16.ckpt"},
                                         TinyFile{"sdxl", "model.fp16.safetensors"},
                                         TinyFile{"sdxl-refiner", "model.fp16.safetensors"}));

// tests/tools/guidance_input.py made the file and the numbers with diffusers.
TEST(GuidanceInput, AUNetThatIsToldTheScaleGivesTheReferenceOutputs) {
    const torch::InferenceMode inference;
    OpenOptions options;
    options.family = ModelFamily::sd1;
    options.unet_heads = {2, 2};
    options.unet_norm_groups = 4;
    const auto files = open_model(data_file("tiny/lcm/diffusion_pytorch_model.safetensors"), options);
    const auto& config = files.description.unet.value();
    EXPECT_EQ(config.guidance_dim, 12);
    EXPECT_EQ(config, unet_config_of(read_json_file(data_file("tiny/lcm/config.json")), "config.json"));
    EXPECT_EQ(unet_config_of(nlohmann::json::parse(config_json_of(config, 8).dump()), "again"), config);
    unet::UNet unet(config);
    load_weights(*unet, files.unet, as_float());
    const auto golden = read_safetensors(data_file("tiny/lcm/vectors.safetensors")).tensors;
    unet::Conditioning conditioning{golden.at("text"), {}, {}, {}};
    const auto out = [&] { return unet(golden.at("latent"), torch::tensor({499.0f}), conditioning); };
    EXPECT_LT(difference(out(), golden.at("out_none")), 1e-4);
    for (const double scale : {1.0, 1.5, 8.0}) {
        const auto name = scale == 1.5 ? "1.5" : scale == 1.0 ? "1.0" : "8.0";
        conditioning.guidance = torch::tensor({scale});
        EXPECT_LT(difference(unet::guidance_embedding(conditioning.guidance, 12),
                             golden.at(std::string("embedding_") + name)), 1e-4) << name;
        EXPECT_LT(difference(out(), golden.at(std::string("out_") + name)), 1e-4) << name;
    }
}

}  // namespace
