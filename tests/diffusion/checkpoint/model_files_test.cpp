#include "diffusion/checkpoint/model_files.h"

#include <gtest/gtest.h>

#include <fstream>

#include "clip/text_encoder.h"
#include "diffusion/checkpoint/infer_config.h"
#include "diffusion/checkpoint/load_weights.h"
#include "diffusion/checkpoint/safetensors.h"
#include "tests/diffusion/checkpoint/checkpoint_support.h"
#include "unet/unet.h"
#include "vae/autoencoder.h"
#include "vae/patch_autoencoder.h"

namespace {

using namespace checkpoint_test;
using namespace diffusion::checkpoint;

ModelFiles open_tiny(const std::string& family, const std::string& file) {
    return open_model(data_file("tiny/" + family + "/" + file), tiny_options(family));
}

nlohmann::json tiny_config(const std::string& family, const std::string& part) {
    return data_json("tiny/" + family + "/config.json").at("config").at(part);
}

struct TinyFile {
    const char* family;
    const char* file;
};

class EveryTinyModel : public testing::TestWithParam<TinyFile> {};

TEST_P(EveryTinyModel, HasTheDimensionsOfItsConfiguration) {
    const auto [family, file] = GetParam();
    const auto description = open_tiny(family, file).description;
    if (description.unet) {
        EXPECT_EQ(*description.unet, unet_config_of(tiny_config(family, "unet"), "config.json"));
    }
    if (description.vae) {
        const auto expected = vae_config_of(tiny_config(family, "vae"), "config.json");
        EXPECT_EQ(std::get<vae::AutoencoderConfig>(*description.vae),
                  std::get<vae::AutoencoderConfig>(expected));
    }
    EXPECT_TRUE(description.unet || description.vae || description.text_encoder);
}

INSTANTIATE_TEST_SUITE_P(ModelFiles, EveryTinyModel,
                         testing::Values(TinyFile{"sd1", "model.safetensors"},
                                         TinyFile{"sd1", "diffusers"},
                                         TinyFile{"sd1", "variants/unet_only_no_prefix.safetensors"},
                                         TinyFile{"sd1", "variants/vae_only.vae.pt"},
                                         TinyFile{"sd1", "variants/text_encoder_flat_names.safetensors"},
                                         TinyFile{"sd1-inpaint", "diffusers/unet"},
                                         TinyFile{"sd2-v", "model.fp16.ckpt"},
                                         TinyFile{"sdxl", "model.fp16.safetensors"},
                                         TinyFile{"sdxl-refiner", "model.fp16.safetensors"}));

/// Shapes of a freshly built network as a table without bytes.
TensorTable table_of(const torch::nn::Module& module) {
    TensorTable table;
    for (const auto& [key, tensor] : state_dict_of(module).tensors) {
        TensorEntry entry;
        entry.shape = tensor.sizes().vec();
        entry.strides = contiguous_strides(entry.shape);
        table.tensors[key] = entry;
    }
    return table;
}

TEST(InferConfig, FindsEveryRealUNetFromItsShapes) {
    const std::pair<ModelFamily, unet::UNetConfig> all[] = {
        {ModelFamily::sd1, unet::UNetConfig::sd1()},
        {ModelFamily::sd1, unet::UNetConfig::sd1().with_in_channels(9)},
        {ModelFamily::sd2, unet::UNetConfig::sd2()},
        {ModelFamily::sdxl, unet::UNetConfig::sdxl()},
        {ModelFamily::sdxl_refiner, unet::UNetConfig::sdxl_refiner()}};
    for (const auto& [family, config] : all) {
        const auto table = table_of(*unet::UNet(config));
        EXPECT_EQ(infer_unet_config(table, family, {}, "file"), config) << name_of(family);
        EXPECT_EQ(infer_family(table, {}, {}, "file"), family);
    }
}

TEST(InferConfig, FindsPrunedMiddleBlocks) {
    auto config = unet::UNetConfig::sdxl();
    config.down_depth = {{0, 0}, {2, 2}, {4, 4}};
    config.up_depth = {{0, 0, 0}, {2, 1, 1}, {4, 4, 10}};
    config.mid_depth = -1;
    EXPECT_EQ(infer_unet_config(table_of(*unet::UNet(config)), ModelFamily::sdxl, {}, "file"), config);
}

TEST(InferConfig, FindsTheRealTextEncodersAndTheAutoencoder) {
    using clip::TextEncoderConfig;
    const std::pair<bool, TextEncoderConfig> all[] = {{false, TextEncoderConfig::vit_l()},
                                                      {true, TextEncoderConfig::open_clip_h(24)},
                                                      {true, TextEncoderConfig::open_clip_bigg()}};
    for (const auto& [is_open_clip, config] : all) {
        const auto table = table_of(*clip::TextEncoder(config));
        EXPECT_EQ(infer_text_config(table, is_open_clip, {}, "file"), config) << config.width;
    }
    const auto sd = vae::AutoencoderConfig::sd();
    EXPECT_EQ(infer_vae_config(table_of(*vae::Autoencoder(sd)), ModelFamily::sd1, {}, "file"), sd);
}

TEST(InferConfig, NamesTheTensorThatIsMissing) {
    auto table = table_of(*unet::UNet(unet::UNetConfig::sd1()));
    table.tensors.erase("conv_in.weight");
    try {
        infer_unet_config(table, ModelFamily::sd1, {}, "some.safetensors");
        FAIL() << "no error";
    } catch (const diffusion::Error& error) {
        EXPECT_EQ(error.reason(), diffusion::ErrorReason::missing_keys);
        EXPECT_NE(std::string(error.what()).find("conv_in.weight"), std::string::npos);
    }
}

/// The tensors of one part, by canonical name, as float32.
std::map<std::string, torch::Tensor> values(const TensorTable& table) {
    std::map<std::string, torch::Tensor> result;
    for (const auto& [key, entry] : table.tensors) result[key] = to_tensor(entry).to(torch::kFloat32);
    return result;
}

void expect_same(const TensorTable& a, const TensorTable& b, const std::string& what) {
    const auto left = values(a);
    const auto right = values(b);
    ASSERT_EQ(left.size(), right.size()) << what;
    for (const auto& [key, tensor] : left) {
        ASSERT_TRUE(right.count(key)) << what << " " << key;
        EXPECT_EQ(difference(tensor, right.at(key).view(tensor.sizes())), 0) << what << " " << key;
    }
}

TEST(ModelFiles, HoldTheSameWeightsInEveryContainer) {
    const auto single = open_tiny("sd1", "model.safetensors");
    const auto folder = open_tiny("sd1", "diffusers");
    expect_same(single.unet, folder.unet, "sharded UNet");
    expect_same(single.vae, folder.vae, "VAE with old attention names");
    expect_same(single.text_encoder, folder.text_encoder, "text encoder");
    expect_same(single.unet, open_tiny("sd1", "variants/unet_only_no_prefix.safetensors").unet,
                "bare UNet");
    expect_same(single.vae, open_tiny("sd1", "variants/vae_only.vae.pt").vae, "pickled VAE");
    expect_same(single.text_encoder,
                open_tiny("sd1", "variants/text_encoder_flat_names.safetensors").text_encoder,
                "flat text encoder");
}

TEST(ModelFiles, DescribeWhatTheyHold) {
    const auto sdxl = describe_model(data_file("tiny/sdxl/model.fp16.safetensors"), tiny_options("sdxl"));
    EXPECT_EQ(sdxl.family, ModelFamily::sdxl);
    EXPECT_EQ(sdxl.native_size, 1024);
    EXPECT_EQ(sdxl.precision, "F16");
    EXPECT_TRUE(sdxl.zeroes_empty_negative);
    EXPECT_TRUE(sdxl.unused_keys.empty());
    EXPECT_EQ(sdxl.text_encoder_2->config.projection_dim, 40);
    const auto folder = describe_model(data_file("tiny/sd1/diffusers"));
    EXPECT_EQ(folder.family, ModelFamily::sd1);
    EXPECT_EQ(folder.scheduler.class_name, "PNDMScheduler");
    EXPECT_EQ(folder.native_size, 128);
    EXPECT_GT(folder.parameter_count, 500'000);
}

TEST(ModelFiles, OfOtherFamiliesAreNamedAndRefused) {
    try {
        open_model(data_file("hostile/other_family_flux.safetensors"));
        FAIL() << "no error";
    } catch (const diffusion::Error& error) {
        EXPECT_EQ(error.kind(), diffusion::ErrorKind::unsupported_model);
        EXPECT_EQ(error.reason(), diffusion::ErrorReason::unsupported_architecture);
        EXPECT_NE(std::string(error.what()).find("FLUX"), std::string::npos) << error.what();
    }
}

TEST(ModelFiles, LearnVPredictionFromMarkersMetadataAndSideFiles) {
    const TempFolder folder;
    auto dict = read_safetensors(data_file("tiny/sd1/variants/unet_only_no_prefix.safetensors"));
    auto options = tiny_options("sd1");
    options.prediction.reset();
    const auto scheduler = [&](const std::string& name) {
        write_safetensors(folder / name, dict);
        return describe_model(folder / name, options).scheduler;
    };
    EXPECT_EQ(scheduler("plain.safetensors").prediction, Prediction::epsilon);
    std::ofstream(folder / "side.yaml") << "model:\n  params:\n    parameterization: \"v\"\n";
    EXPECT_EQ(scheduler("side.safetensors").prediction, Prediction::v);
    dict.metadata["modelspec.prediction_type"] = "v";
    EXPECT_EQ(scheduler("metadata.safetensors").prediction, Prediction::v);
    dict.metadata.clear();
    dict.tensors["v_pred"] = torch::empty({0});
    dict.tensors["ztsnr"] = torch::empty({0});
    EXPECT_EQ(scheduler("marked.safetensors").prediction, Prediction::v);
    EXPECT_TRUE(scheduler("marked.safetensors").zero_terminal_snr);
    options.prediction = Prediction::epsilon;
    EXPECT_EQ(scheduler("marked.safetensors").prediction, Prediction::epsilon) << "the user knows";
}

TEST(ModelFiles, LearnTheScaleOfPlaygroundsLatents) {
    const TempFolder folder;
    auto dict = read_safetensors(data_file("tiny/sd1/model.safetensors"));
    dict.tensors["edm_mean"] = torch::tensor({-1.5, 2.0, -1.0, 2.5}).view({1, 4, 1, 1});
    dict.tensors["edm_std"] = torch::tensor({8.0, 6.0, 0.5, 5.0}).view({1, 4, 1, 1});
    const auto described = [&] {
        write_safetensors(folder / "x.safetensors", dict);
        const auto d = describe_model(folder / "x.safetensors", tiny_options("sd1"));
        return std::get<vae::AutoencoderConfig>(*d.vae);
    };
    const auto config = described();
    EXPECT_EQ(config.latents_mean, (std::vector<double>{-1.5, 2.0, -1.0, 2.5}));
    EXPECT_EQ(config.latents_std, (std::vector<double>{8.0, 6.0, 0.5, 5.0}));
    EXPECT_EQ(config.scaling_factor, 0.5);
    dict.tensors["edm_std"] = torch::zeros({4});
    EXPECT_TRUE(described().latents_std.empty()) << "nothing can be divided by these";
}

TEST(ModelFiles, MultiplyEightBitWeightsByTheirFactor) {
    const TempFolder folder;
    auto dict = read_safetensors(data_file("tiny/sd1/variants/unet_only_no_prefix.safetensors"));
    const auto weight = dict.tensors.at("time_embed.0.weight").to(torch::kFloat32);
    dict.tensors["time_embed.0.weight"] = (weight * 4).to(torch::kFloat8_e4m3fn);
    dict.tensors["time_embed.0.scale_weight"] = torch::tensor(0.25f);
    dict.tensors["scaled_fp8"] = torch::empty({0}, torch::kFloat8_e4m3fn);
    write_safetensors(folder / "x.safetensors", dict);
    const auto files = open_model(folder / "x.safetensors", tiny_options("sd1"));
    const auto read = to_tensor(files.unet.tensors.at("time_embedding.linear_1.weight"));
    EXPECT_LT(difference(read, weight), 0.05 * weight.abs().max().item<double>());
    EXPECT_TRUE(files.description.unused_keys.empty());
}

/// A folder in the layout of the shipped model, with a tiny patch autoencoder.
void write_own_model(const TempFolder& folder, const vae::PatchConfig& config) {
    std::filesystem::create_directories(folder / "vae");
    std::filesystem::create_directories(folder / "tokenizer");
    std::ofstream(folder / "model_index.json") << R"({"_class_name": "AtelierPipeline"})";
    std::ofstream(folder / "tokenizer/vocab.json") << "{}";
    std::ofstream(folder / "tokenizer/merges.txt") << "";
    std::ofstream(folder / "vae/config.json")
        << R"({"_class_name": "PatchAutoencoder", "latent_channels": 8, "factor": 16,
               "detail_factor": 4, "decoder_width": 12, "decoder_blocks": 1, "detail_width": 6,
               "detail_blocks": 1, "encoder_width": 5, "encoder_blocks": 1, "scaling_factor": 0.5})";
    vae::PatchAutoencoder autoencoder(config);
    write_safetensors(folder / "vae/diffusion_pytorch_model.safetensors", state_dict_of(*autoencoder));
}

TEST(ModelFiles, ReadThePatchAutoencoderOfOwnModels) {
    const TempFolder folder;
    vae::PatchConfig config;
    config.latent_channels = 8;
    config.factor = 16;
    config.decoder_width = 12;
    config.decoder_blocks = 1;
    config.detail_width = 6;
    config.detail_blocks = 1;
    config.encoder_width = 5;
    config.encoder_blocks = 1;
    config.scaling_factor = 0.5;
    write_own_model(folder, config);
    const auto files = open_model(folder / "");
    EXPECT_EQ(files.description.family, ModelFamily::atelier);
    const auto& read = std::get<vae::PatchConfig>(*files.description.vae);
    EXPECT_EQ(read, config);
    vae::PatchAutoencoder again(read);
    EXPECT_TRUE(load_weights(*again, files.vae).unexpected.empty());
}

}  // namespace
