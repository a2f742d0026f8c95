#pragma once

// A trained model in the diffusers layout, with weights small enough to be kept in a repository.

#include <torch/nn/module.h>
#include <torch/types.h>

#include <filesystem>

#include "clip/text_encoder.h"
#include "diffusion/checkpoint/state_dict.h"
#include "diffusion/training/training_config.h"
#include "unet/unet.h"
#include "vae/patch_autoencoder.h"

namespace diffusion::training {

/// <folder>/config.json (PatchConfig's fields) and diffusion_pytorch_model.safetensors.
void write_autoencoder(const std::filesystem::path& folder, const vae::PatchAutoencoder& autoencoder,
                       torch::Dtype dtype);
/// Throws Error (missing_file, corrupt_file).
vae::PatchAutoencoder read_autoencoder(const std::filesystem::path& folder);

/// The networks' weights as they are now, in float16, with configs, vocabulary and model_index.json.
/// vocabulary: folder that holds vocab.json and merges.txt.
void export_model(const std::filesystem::path& folder, const unet::UNet& unet,
                  const clip::TextEncoder& text_encoder, const vae::PatchAutoencoder& autoencoder,
                  const std::filesystem::path& vocabulary);

/// One file <stem>.safetensors or, where it would be larger than limit bytes, numbered shards with
/// <stem>.safetensors.index.json.
void write_weights(const std::filesystem::path& folder, const std::string& stem,
                   const checkpoint::StateDict& weights, std::int64_t limit);

/// The module's parameters by name.
checkpoint::StateDict weights_of(const torch::nn::Module& module, torch::Dtype dtype);

}  // namespace diffusion::training
