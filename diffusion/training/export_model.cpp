#include "diffusion/training/export_model.h"

#include <torch/utils.h>
#include <cstdio>
#include <fstream>
#include <nlohmann/json.hpp>

#include "diffusion/checkpoint/safetensors.h"
#include "diffusion/error.h"

namespace diffusion::training {

namespace {

using nlohmann::ordered_json;

constexpr std::int64_t shard_limit = 15 << 20;

void write_json(const std::filesystem::path& file, const ordered_json& value) {
    std::error_code error;
    std::filesystem::create_directories(file.parent_path(), error);
    const auto temporary = file.string() + ".partial";
    std::ofstream stream(temporary, std::ios::trunc);
    stream << value.dump(2) << '\n';
    stream.close();
    if (stream) std::filesystem::rename(temporary, file, error);
    if (!stream || error) throw Error(ErrorKind::cannot_write, file.string() + " can't be written.");
}

ordered_json config_of(const vae::PatchConfig& config) {
    return {{"_class_name", "PatchAutoencoder"},
            {"in_channels", config.in_channels},
            {"latent_channels", config.latent_channels},
            {"factor", config.factor},
            {"detail_factor", config.detail_factor},
            {"encoder_width", config.encoder_width},
            {"encoder_blocks", config.encoder_blocks},
            {"decoder_width", config.decoder_width},
            {"decoder_blocks", config.decoder_blocks},
            {"detail_width", config.detail_width},
            {"detail_blocks", config.detail_blocks},
            {"scaling_factor", config.scaling_factor},
            {"sample_size", config.sample_size},
            {"preview_matrix", config.preview_matrix}};
}

/// diffusers' spelling; depths are written per level and layer.
ordered_json config_of(const unet::UNetConfig& config, std::int64_t sample_size) {
    const auto levels = config.block_out_channels.size();
    ordered_json down = ordered_json::array(), up = ordered_json::array();
    ordered_json down_depth = ordered_json::array();
    ordered_json heads = ordered_json::array();
    const auto attends = [](const std::vector<std::int64_t>& depths) {
        return std::string(depths.front() > 0 ? "CrossAttn" : "");
    };
    for (size_t i = 0; i < levels; ++i) {
        down.push_back(attends(config.down_depth[i]) + "DownBlock2D");
        up.push_back(attends(config.up_depth[levels - 1 - i]) + "UpBlock2D");
        down_depth.push_back(std::max<std::int64_t>(1, config.down_depth[i].front()));
        heads.push_back(config.heads[i]);
    }
    return {{"_class_name", "UNet2DConditionModel"},
            {"act_fn", "silu"},
            {"attention_head_dim", heads},
            {"block_out_channels", config.block_out_channels},
            {"center_input_sample", false},
            {"cross_attention_dim", config.cross_attention_dim},
            {"down_block_types", down},
            {"downsample_padding", 1},
            {"flip_sin_to_cos", true},
            {"freq_shift", 0},
            {"in_channels", config.in_channels},
            {"layers_per_block", config.layers_per_block},
            {"mid_block_scale_factor", 1},
            {"mid_block_type", "UNetMidBlock2DCrossAttn"},
            {"norm_eps", 1e-05},
            {"norm_num_groups", config.norm_groups},
            {"out_channels", config.out_channels},
            {"sample_size", sample_size},
            {"transformer_layers_per_block", down_depth},
            {"up_block_types", up},
            {"use_linear_projection", config.linear_projection}};
}

ordered_json config_of(const clip::TextEncoderConfig& config) {
    return {{"architectures", {"CLIPTextModel"}},
            {"model_type", "clip_text_model"},
            {"vocab_size", config.vocab_size},
            {"max_position_embeddings", config.max_positions},
            {"hidden_size", config.width},
            {"num_hidden_layers", config.layers},
            {"num_attention_heads", config.heads},
            {"intermediate_size", config.mlp_width},
            {"hidden_act", config.activation == clip::Activation::gelu ? "gelu" : "quick_gelu"},
            {"layer_norm_eps", config.layer_norm_eps},
            {"projection_dim", config.projection_dim},
            {"bos_token_id", config.start_token},
            {"eos_token_id", config.end_token},
            {"pad_token_id", config.pad_token},
            {"torch_dtype", "float16"}};
}

ordered_json scheduler_config() {
    return {{"_class_name", "EulerDiscreteScheduler"}, {"beta_start", 0.00085},
            {"beta_end", 0.012},                       {"beta_schedule", "scaled_linear"},
            {"num_train_timesteps", 1000},             {"prediction_type", "v_prediction"},
            {"steps_offset", 1},                       {"timestep_spacing", "leading"}};
}

ordered_json index_of_parts() {
    return {{"_class_name", "AtelierPipeline"},
            {"scheduler", {"diffusers", "EulerDiscreteScheduler"}},
            {"text_encoder", {"transformers", "CLIPTextModel"}},
            {"tokenizer", {"transformers", "CLIPTokenizer"}},
            {"unet", {"diffusers", "UNet2DConditionModel"}},
            {"vae", {"atelier", "PatchAutoencoder"}}};
}

std::int64_t bytes_of(const torch::Tensor& tensor) {
    return tensor.numel() * static_cast<std::int64_t>(tensor.element_size());
}

std::vector<checkpoint::StateDict> cut(const checkpoint::StateDict& weights, std::int64_t limit) {
    std::vector<checkpoint::StateDict> shards(1);
    std::int64_t filled = 0;
    for (const auto& [name, tensor] : weights.tensors) {
        if (filled > 0 && filled + bytes_of(tensor) > limit) {
            shards.emplace_back();
            filled = 0;
        }
        shards.back().tensors.emplace(name, tensor);
        filled += bytes_of(tensor);
    }
    for (auto& shard : shards) shard.metadata["format"] = "pt";
    return shards;
}

/// Old shards of another count would be taken for part of the model.
void remove_weights(const std::filesystem::path& folder, const std::string& stem) {
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
        const auto name = entry.path().filename().string();
        if (name.starts_with(stem) && name.find(".safetensors") != std::string::npos) {
            std::filesystem::remove(entry.path(), error);
        }
    }
}

}  // namespace

checkpoint::StateDict weights_of(const torch::nn::Module& module, torch::Dtype dtype) {
    checkpoint::StateDict dict;
    for (const auto& item : module.named_parameters()) {
        dict.tensors[item.key()] = item.value().detach().to(torch::kCPU, dtype).contiguous();
    }
    return dict;
}

void write_weights(const std::filesystem::path& folder, const std::string& stem,
                   const checkpoint::StateDict& weights, std::int64_t limit) {
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    remove_weights(folder, stem);
    const auto shards = cut(weights, limit);
    if (shards.size() == 1) {
        checkpoint::write_safetensors(folder / (stem + ".safetensors"), shards.front());
        return;
    }
    ordered_json map = ordered_json::object();
    std::int64_t total = 0;
    for (size_t i = 0; i < shards.size(); ++i) {
        char number[80];
        std::snprintf(number, sizeof(number), "-%05zu-of-%05zu.safetensors", i + 1, shards.size());
        for (const auto& [name, tensor] : shards[i].tensors) {
            map[name] = stem + number;
            total += bytes_of(tensor);
        }
        checkpoint::write_safetensors(folder / (stem + number), shards[i]);
    }
    write_json(folder / (stem + ".safetensors.index.json"),
               {{"metadata", {{"total_size", total}}}, {"weight_map", map}});
}

void write_autoencoder(const std::filesystem::path& folder, const vae::PatchAutoencoder& autoencoder,
                       torch::Dtype dtype) {
    write_json(folder / "config.json", config_of(autoencoder->config()));
    write_weights(folder, "diffusion_pytorch_model", weights_of(*autoencoder, dtype), shard_limit);
}

vae::PatchAutoencoder read_autoencoder(const std::filesystem::path& folder) {
    const auto fail = [&](const std::string& what) {
        throw Error(ErrorKind::corrupt_file, "The autoencoder in " + folder.string() + " " + what + ".");
    };
    std::ifstream stream(folder / "config.json");
    const auto json = nlohmann::json::parse(stream, nullptr, false);
    if (!json.is_object()) fail("has no readable config.json");
    vae::PatchConfig config;
    try {
        config.in_channels = json.at("in_channels");
        config.latent_channels = json.at("latent_channels");
        config.factor = json.at("factor");
        config.detail_factor = json.at("detail_factor");
        config.encoder_width = json.at("encoder_width");
        config.encoder_blocks = json.at("encoder_blocks");
        config.decoder_width = json.at("decoder_width");
        config.decoder_blocks = json.at("decoder_blocks");
        config.detail_width = json.at("detail_width");
        config.detail_blocks = json.at("detail_blocks");
        config.scaling_factor = json.at("scaling_factor");
        config.sample_size = json.at("sample_size");
        json.at("preview_matrix").get_to(config.preview_matrix);
    } catch (const nlohmann::json::exception& error) {
        fail(std::string("has a config.json that is not understood: ") + error.what());
    }
    vae::PatchAutoencoder autoencoder(config);
    const auto weights = checkpoint::read_safetensors(folder / "diffusion_pytorch_model.safetensors");
    torch::NoGradGuard no_grad;
    for (auto& item : autoencoder->named_parameters()) {
        const auto found = weights.tensors.find(item.key());
        if (found == weights.tensors.end() || found->second.sizes() != item.value().sizes()) {
            fail("does not fit its config.json: " + item.key());
        }
        item.value().copy_(found->second);
    }
    return autoencoder;
}

void export_model(const std::filesystem::path& folder, const unet::UNet& unet,
                  const clip::TextEncoder& text_encoder, const vae::PatchAutoencoder& autoencoder,
                  const std::filesystem::path& vocabulary) {
    const auto& space = autoencoder->config();
    write_json(folder / "unet" / "config.json", config_of(unet->config(), space.sample_size / space.factor));
    write_weights(folder / "unet", "diffusion_pytorch_model", weights_of(*unet, torch::kFloat16),
                  shard_limit);
    write_json(folder / "text_encoder" / "config.json", config_of(text_encoder->config()));
    write_weights(folder / "text_encoder", "model", weights_of(*text_encoder, torch::kFloat16),
                  shard_limit);
    write_autoencoder(folder / "vae", autoencoder, torch::kFloat16);
    write_json(folder / "scheduler" / "scheduler_config.json", scheduler_config());
    std::filesystem::create_directories(folder / "tokenizer");
    for (const auto* name : {"vocab.json", "merges.txt", "special_tokens_map.json", "tokenizer_config.json"}) {
        std::filesystem::copy_file(vocabulary / name, folder / "tokenizer" / name,
                                   std::filesystem::copy_options::overwrite_existing);
    }
    write_json(folder / "model_index.json", index_of_parts());
}

}  // namespace diffusion::training
