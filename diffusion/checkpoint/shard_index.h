#pragma once

#include <map>
#include <string>

#include "diffusion/checkpoint/safetensors_table.h"

namespace diffusion::checkpoint {

/// Which file holds each tensor of a model that lies in several; names are relative to the index's
/// folder and never leave it.
using ShardIndex = std::map<std::string, std::string>;

/// Reads a `*.index.json`. Throws diffusion::Error (not_a_model, malformed, unsafe_path).
ShardIndex read_shard_index(const FileBytes& file);

}  // namespace diffusion::checkpoint
