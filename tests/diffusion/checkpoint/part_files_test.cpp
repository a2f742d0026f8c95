// Parts that are used beside a model, opened and held against values computed with diffusers.

#include "diffusion/checkpoint/part_files.h"

#include <gtest/gtest.h>

#include <fstream>

#include "diffusion/checkpoint/infer_config.h"
#include "diffusion/checkpoint/load_weights.h"
#include "diffusion/checkpoint/safetensors.h"
#include "tests/diffusion/checkpoint/checkpoint_support.h"
#include "unet/controlnet.h"
#include "unet/unet.h"
#include "vae/autoencoder.h"
#include "vae/tiny_autoencoder.h"

namespace {

using namespace checkpoint_test;
using namespace diffusion::checkpoint;

using diffusion::ErrorReason;

template <typename Network>
void fill(Network& network, const TensorTable& weights) {
    LoadOptions options;
    options.dtype = torch::kFloat32;
    EXPECT_TRUE(load_weights(*network, weights, options).unexpected.empty());
}

vae::TinyAutoencoder open_tiny(const std::filesystem::path& path) {
    const auto file = open_vae(path, ModelFamily::sd1);
    vae::TinyAutoencoder net(std::get<vae::TinyConfig>(file.config));
    fill(net, file.weights);
    return net;
}

/// The reason of the error that the call throws; internal if there is none.
template <typename Call>
std::pair<ErrorReason, std::string> failure_of(Call&& call) {
    try {
        call();
    } catch (const diffusion::Error& error) {
        return {error.reason(), error.what()};
    }
    return {ErrorReason::none, "no error"};
}

bool says(const std::pair<ErrorReason, std::string>& failure, const std::string& text) {
    return failure.second.find(text) != std::string::npos;
}

std::map<std::string, torch::Tensor> golden(const std::string& file) {
    return read_safetensors(data_file(file)).tensors;
}

TEST(TinyVaeFiles, HalvesInOriginalNamingGiveTheReferenceValues) {
    const torch::InferenceMode inference;
    const auto expected = golden("decoders/taesd.vectors.safetensors");
    auto decoder = open_tiny(data_file("decoders/taesd_decoder.safetensors"));
    auto encoder = open_tiny(data_file("decoders/taesd_encoder.safetensors"));
    EXPECT_TRUE(decoder->config().encoder_blocks.empty());
    EXPECT_TRUE(encoder->config().decoder_blocks.empty());
    const auto pixels = decoder->decode(expected.at("decode.latent"));
    EXPECT_LT(difference(pixels, expected.at("decode.image_pm1")), 3.1e-5);
    const auto latent = encoder->encode(expected.at("encode.image_01") * 2 - 1).mean;
    EXPECT_LT(difference(latent, expected.at("encode.latent")), 3.1e-5);
}

/// Both halves in one file, under the names and with the config.json of diffusers.
void write_tiny_folder(const TempFolder& folder) {
    StateDict both;
    for (const std::string half : {"encoder", "decoder"}) {
        const auto file = open_vae(data_file("decoders/taesd_" + half + ".safetensors"), ModelFamily::sd1);
        for (const auto& [key, tensor] : to_state_dict(file.weights).tensors) both.tensors[key] = tensor;
    }
    write_safetensors(folder / "diffusion_pytorch_model.safetensors", both);
    std::ofstream(folder / "config.json") << read_bytes(data_file("decoders/taesd.config.json"));
}

TEST(TinyVaeFiles, AFolderAndItsBareFileAreTheSameNetwork) {
    const torch::InferenceMode inference;
    const TempFolder folder;
    write_tiny_folder(folder);
    const auto expected = golden("decoders/taesd.vectors.safetensors");
    auto from_folder = open_tiny(folder / "");
    auto from_file = open_tiny(folder / "diffusion_pytorch_model.safetensors");
    EXPECT_EQ(from_folder->config(), from_file->config());
    EXPECT_EQ(from_folder->config().encoder_blocks, (std::vector<int64_t>{1, 3, 3, 3}));
    EXPECT_EQ(from_folder->config().decoder_blocks, (std::vector<int64_t>{3, 3, 3, 1}));
    const auto pixels = from_folder->decode(expected.at("decode.latent"));
    EXPECT_TRUE(torch::equal(pixels, from_file->decode(expected.at("decode.latent"))));
    EXPECT_LT(difference(pixels, expected.at("decode.image_pm1")), 3.1e-5);
}

TEST(TinyVaeFiles, NameWhatTheConfigAsksForAndWhatIsMissing) {
    const TempFolder folder;
    write_tiny_folder(folder);
    auto config = data_json("decoders/taesd.config.json");
    config["act_fn"] = "silu";
    std::ofstream(folder / "config.json") << config;
    const auto refused = failure_of([&] { open_vae(folder / "", ModelFamily::sd1); });
    EXPECT_EQ(refused.first, ErrorReason::unsupported_architecture);
    EXPECT_TRUE(says(refused, "act_fn is silu")) << refused.second;
    auto dict = read_safetensors(folder / "diffusion_pytorch_model.safetensors");
    dict.tensors.erase("decoder.layers.6.weight");
    write_safetensors(folder / "cut.safetensors", dict);
    const auto cut = failure_of([&] { open_vae(folder / "cut.safetensors", ModelFamily::sd1); });
    EXPECT_EQ(cut.first, ErrorReason::missing_keys);
    EXPECT_TRUE(says(cut, "decoder.layers.6.weight")) << cut.second;
}

TEST(VaeFiles, ThatLieBesideAModelAreItsOwn) {
    const TempFolder folder;
    for (const char* name : {"a.safetensors", "a.vae.pt", "b.ckpt", "b.v2.ckpt", "b.v2.vae.safetensors",
                             "c.vae.pt"}) {
        write_bytes(folder / name, "x");
    }
    EXPECT_EQ(vae_beside(folder / "a.safetensors"), folder / "a.vae.pt");
    EXPECT_EQ(vae_beside(folder / "b.v2.ckpt"), folder / "b.v2.vae.safetensors");
    EXPECT_EQ(vae_beside(folder / "b.ckpt"), "");
    EXPECT_EQ(vae_beside(folder / "c.vae.pt"), "");
    EXPECT_EQ(vae_beside(folder / ""), "");
    EXPECT_EQ(vae_beside(folder / "nowhere.ckpt"), "");
}

TEST(VaeFiles, TakeTheAutoencoderOfAnythingThatHoldsOne) {
    auto options = tiny_options("sd1");
    options.scaling_factor.reset();
    const auto open = [&](const std::string& file, ModelFamily family) {
        return std::get<vae::AutoencoderConfig>(open_vae(data_file(file), family, options).config);
    };
    const auto whole = open("tiny/sd1/model.safetensors", ModelFamily::sd1);
    EXPECT_EQ(whole, open("tiny/sd1/variants/vae_only.vae.pt", ModelFamily::sd1));
    EXPECT_EQ(whole, open("tiny/sd1/diffusers", ModelFamily::sd1));
    EXPECT_EQ(whole, open("tiny/sd1/diffusers/vae", ModelFamily::sd1));
    EXPECT_EQ(whole.scaling_factor, 0.18215);
    EXPECT_EQ(open("tiny/sd1/model.safetensors", ModelFamily::sdxl).scaling_factor, 0.13025);
    const auto none = failure_of([&] {
        open("tiny/sd1/variants/unet_only_no_prefix.safetensors", ModelFamily::sd1);
    });
    EXPECT_EQ(none.first, ErrorReason::unsupported_architecture);
    EXPECT_TRUE(says(none, "no autoencoder")) << none.second;
}

/// Shapes of a network as a table without bytes.
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

TEST(InferConfig, FindsEveryControlNetAndTinyAutoencoderFromItsShapes) {
    auto small = unet::ControlNetConfig::sdxl();
    small.unet.down_depth = {{0, 0}, {0, 0}, {0, 0}};
    small.unet.mid_depth = 0;
    small.hint_widths = {8, 24};
    for (const auto& config : {unet::ControlNetConfig::sd1(), unet::ControlNetConfig::sdxl(), small}) {
        const auto table = table_of(*unet::ControlNet(config));
        const bool is_sd1 = config == unet::ControlNetConfig::sd1();
        auto found = infer_control_config(table, is_sd1 ? ModelFamily::sd1 : ModelFamily::sdxl, {}, "file");
        if (config == small) {  // what reads no text doesn't say how wide text is
            found.unet.cross_attention_dim = small.unet.cross_attention_dim;
            found.unet.linear_projection = small.unet.linear_projection;
        }
        EXPECT_EQ(found, config);
    }
    vae::TinyConfig uneven;
    uneven.latent_channels = 16;
    uneven.encoder_width = 24;
    uneven.encoder_blocks = {2, 0, 1};
    uneven.decoder_blocks = {0, 4, 2};
    for (const auto& config : {vae::TinyConfig{}, uneven}) {
        EXPECT_EQ(infer_tiny_config(table_of(*vae::TinyAutoencoder(config)), "file"), config);
    }
}

void expect_reference(const ControlNetFile& file) {
    const torch::InferenceMode inference;
    const auto expected = golden("controlnet/sd1_a.vectors.safetensors");
    unet::ControlNet net(file.config);
    fill(net, file.weights);
    const auto features = net->embed_hint(expected.at("hint"));
    EXPECT_LT(difference(features, expected.at("hint_features")), 1e-4);
    const unet::Conditioning conditioning{expected.at("context"), {}, {}};
    const auto timestep = expected.at("timestep").view({-1});
    const auto control = net(expected.at("sample"), timestep, conditioning, features);
    for (size_t i = 0; i < control.down.size(); ++i) {
        EXPECT_LT(difference(control.down[i], expected.at("down." + std::to_string(i))), 1e-4) << i;
    }
    EXPECT_LT(difference(control.mid, expected.at("mid")), 1e-4);
    const auto model = open_model(data_file("tiny/sd1/model.safetensors"), tiny_options("sd1"));
    unet::UNet unet(*model.description.unet);
    fill(unet, model.unet);
    EXPECT_LT(difference(unet(expected.at("sample"), timestep, conditioning, &control),
                         expected.at("unet_out")), 1e-4);
}

TEST(ControlNetFiles, GiveTheReferenceResidualsFromEveryNaming) {
    const auto single = data_file("controlnet/sd1_a.original.fp16.safetensors");
    const auto original = open_controlnet(single, tiny_options("sd1"));
    expect_reference(original);
    const TempFolder folder;
    write_safetensors(folder / "diffusion_pytorch_model.safetensors", to_state_dict(original.weights));
    std::ofstream(folder / "config.json") << read_bytes(data_file("controlnet/sd1_a.config.json"));
    OpenOptions family_only;
    family_only.family = ModelFamily::sd1;
    const auto diffusers = open_controlnet(folder / "", family_only);
    EXPECT_EQ(diffusers.config, original.config);
    expect_reference(diffusers);
}

TEST(ControlNetFiles, AreToldFromOtherFiles) {
    const auto single = data_file("controlnet/sd1_a.original.fp16.safetensors");
    const auto as_model = failure_of([&] { open_model(single, tiny_options("sd1")); });
    EXPECT_EQ(as_model.first, ErrorReason::unsupported_architecture);
    EXPECT_TRUE(says(as_model, "is a ControlNet")) << as_model.second;
    const auto no_control =
        failure_of([] { open_controlnet(data_file("tiny/sd1/model.safetensors"), tiny_options("sd1")); });
    EXPECT_TRUE(says(no_control, "holds no ControlNet")) << no_control.second;
    const TempFolder folder;
    auto dict = read_safetensors(single);
    dict.tensors["lora_controlnet"] = torch::empty({0});
    write_safetensors(folder / "x.safetensors", dict);
    const auto lora = failure_of([&] { open_controlnet(folder / "x.safetensors", tiny_options("sd1")); });
    EXPECT_EQ(lora.first, ErrorReason::unsupported_architecture);
    EXPECT_TRUE(says(lora, "Control-LoRA")) << lora.second;
}

}  // namespace
