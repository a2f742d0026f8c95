#pragma once

#include <filesystem>

#include "diffusion/checkpoint/safetensors_table.h"
#include "diffusion/checkpoint/tensor_table.h"

namespace diffusion::checkpoint {

enum class FileKind { safetensors, torch_zip, torch_legacy, gguf, json };

/// What the first bytes say; the name is never looked at. Throws diffusion::Error (not_a_model,
/// pointer_file, web_page, ...) for everything else, with a sentence that says what it is instead.
FileKind file_kind_of(const FileBytes& file);

/// Lists the tensors of a model file of any kind that lies in memory.
TensorTable read_table(const FileBytes& file);

/// Opens a model file of any kind, or the index of one in several files, and lists its tensors.
TensorTable open_table(const std::filesystem::path& file);

/// Reads the shards that an index names, from its own folder only. Throws Error (unsafe_path,
/// missing_shard, malformed).
TensorTable open_sharded(const std::filesystem::path& index);

}  // namespace diffusion::checkpoint
