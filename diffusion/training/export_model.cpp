#include "diffusion/training/export_model.h"

#include <torch/utils.h>
#include <cstdio>
#include <fstream>
#include <nlohmann/json.hpp>

#include "diffusion/checkpoint/file_writer.h"
#include "diffusion/checkpoint/infer_config.h"
#include "diffusion/checkpoint/safetensors.h"
#include "diffusion/checkpoint/write_config.h"
#include "diffusion/error.h"

namespace diffusion::training {

namespace {

using nlohmann::ordered_json;

constexpr std::int64_t shard_limit = 15 << 20;

void write_json(const std::filesystem::path& file, const ordered_json& value) {
    std::error_code error;
    std::filesystem::create_directories(file.parent_path(), error);
    checkpoint::write_text_file(file, value.dump(2) + "\n");
}

/// What the program trains, as the files of a folder say it.
checkpoint::ModelDescription description_of(const unet::UNet& unet,
                                            const clip::TextEncoder& text_encoder,
                                            const vae::PatchAutoencoder& autoencoder) {
    checkpoint::ModelDescription description;
    description.family = checkpoint::ModelFamily::atelier;
    description.unet = unet->config();
    description.vae = autoencoder->config();
    description.text_encoder = {text_encoder->config(), {}};
    description.scheduler.class_name = "EulerDiscreteScheduler";
    description.scheduler.prediction = checkpoint::Prediction::v;
    return description;
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
    const auto& config = autoencoder->config();
    write_json(folder / "config.json",
               checkpoint::config_json_of(checkpoint::VaeConfig(config), config.sample_size));
    write_weights(folder, "diffusion_pytorch_model", weights_of(*autoencoder, dtype), shard_limit);
}

vae::PatchAutoencoder read_autoencoder(const std::filesystem::path& folder) {
    const auto fail = [&](const std::string& what) {
        throw Error(ErrorKind::corrupt_file, "The autoencoder in " + folder.string() + " " + what + ".");
    };
    std::ifstream stream(folder / "config.json");
    const auto json = nlohmann::json::parse(stream, nullptr, false);
    if (!json.is_object()) fail("has no readable config.json");
    const auto read = checkpoint::vae_config_of(json, (folder / "config.json").string());
    const auto* config = std::get_if<vae::PatchConfig>(&read);
    if (!config) fail("is of another kind than the one that is trained here");
    vae::PatchAutoencoder autoencoder(*config);
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
    const auto description = description_of(unet, text_encoder, autoencoder);
    write_json(folder / "unet" / "config.json",
               checkpoint::config_json_of(unet->config(), space.sample_size / space.factor));
    write_weights(folder / "unet", "diffusion_pytorch_model", weights_of(*unet, torch::kFloat16),
                  shard_limit);
    write_json(folder / "text_encoder" / "config.json", checkpoint::config_json_of(text_encoder->config()));
    write_weights(folder / "text_encoder", "model", weights_of(*text_encoder, torch::kFloat16),
                  shard_limit);
    write_autoencoder(folder / "vae", autoencoder, torch::kFloat16);
    write_json(folder / "scheduler" / "scheduler_config.json",
               checkpoint::config_json_of(description.scheduler));
    std::filesystem::create_directories(folder / "tokenizer");
    for (const auto* name : {"vocab.json", "merges.txt", "special_tokens_map.json", "tokenizer_config.json"}) {
        std::filesystem::copy_file(vocabulary / name, folder / "tokenizer" / name,
                                   std::filesystem::copy_options::overwrite_existing);
    }
    write_json(folder / "model_index.json", checkpoint::model_index_of(description));
}

}  // namespace diffusion::training
