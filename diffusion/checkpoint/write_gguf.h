#pragma once

#include <filesystem>
#include <map>
#include <vector>

#include "diffusion/checkpoint/tensor_spec.h"

namespace diffusion::checkpoint {

/// Whether GGUF has a number for the type.
bool has_gguf_type(ElementType type);

/// Writes GGUF version 3, tensors by name, through a temporary file. The metadata become its texts.
/// False if progress stopped it; then nothing is written. Throws Error: cannot_write, or bad_request
/// where the container can't hold a tensor (more than 4 dimensions, a type without a number).
bool write_gguf(const std::filesystem::path& file, std::vector<TensorSpec> specs,
                const std::map<std::string, std::string>& metadata,
                const WriteProgress& progress = {});

}  // namespace diffusion::checkpoint
