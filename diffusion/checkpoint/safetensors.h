#pragma once

// The safetensors container. A file from the net is hostile: every length and offset is checked
// before it is used, and nothing in it is run.

#include <filesystem>

#include "diffusion/checkpoint/state_dict.h"
#include "diffusion/checkpoint/tensor_spec.h"

namespace diffusion::checkpoint {

/// Maps the file and returns its tensors as views of the mapping (copies only where the offset is
/// not a multiple of the element). Throws diffusion::Error (missing_file, corrupt_file) with the
/// reason that the format's reference reader gives.
StateDict read_safetensors(const std::filesystem::path& file);

/// Writes a temporary file beside it and renames. Tensors are made contiguous on the CPU; they are
/// written by descending element size, then by name. Throws Error (cannot_write).
void write_safetensors(const std::filesystem::path& file, const StateDict& dict);

/// The same of tensors that are made one by one, in the same order. False if progress stopped it; then
/// nothing is written. Throws Error (cannot_write) for a quantised type too.
bool write_safetensors(const std::filesystem::path& file, std::vector<TensorSpec> specs,
                       const std::map<std::string, std::string>& metadata,
                       const WriteProgress& progress = {});

}  // namespace diffusion::checkpoint
