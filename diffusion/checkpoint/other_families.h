#pragma once

#include <optional>
#include <string>

#include "diffusion/checkpoint/tensor_table.h"

namespace diffusion::checkpoint {

/// What a file is that no network of Stable Diffusion 1, 2 or XL was found in, by names that only such
/// files have: "is of another family: Stable Diffusion 3", "is a LoRA, which is used beside a model".
/// Empty if none is known.
std::optional<std::string> other_kind(const TensorTable& file);

/// The same by the pipeline's class that a folder's model_index.json names.
std::optional<std::string> other_pipeline(const std::string& class_name);

}  // namespace diffusion::checkpoint
