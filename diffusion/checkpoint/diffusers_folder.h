#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "diffusion/checkpoint/tensor_table.h"

namespace diffusion::checkpoint {

/// Whether the folder holds a model_index.json, a part with weights (unet/, vae/, ...), or is itself
/// one part.
bool is_model_folder(const std::filesystem::path& folder);

/// The weights of one part: plain, sharded or of a variant (fp16, non_ema), safetensors before
/// PyTorch files. Empty if there are none.
std::optional<std::filesystem::path> find_weights(const std::filesystem::path& part);

/// The part's tensors, with or without a config.json. Throws Error (missing_file) if there are none.
TensorTable open_part(const std::filesystem::path& part);

/// The folder of the tokenizer that belongs to a text encoder, if it holds both of its files.
std::filesystem::path find_tokenizer(const std::filesystem::path& folder, const std::string& name);

}  // namespace diffusion::checkpoint
