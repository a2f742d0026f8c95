#pragma once

#include <filesystem>
#include <vector>

#include "diffusion/checkpoint/sha256.h"
#include "diffusion/model_tools.h"

namespace diffusion::checkpoint {

/// The files whose bytes, one after the other, a model's hash is made of: the file itself; of a
/// diffusers folder the weights of its UNet (of the first part that has weights where it has none),
/// shards by name; of an index the shards that it names. Throws Error (missing_file).
std::vector<std::filesystem::path> hashed_files(const std::filesystem::path& model);

/// Throws Error (missing_file).
FileStamp stamp_of(const std::filesystem::path& model);

/// 64 digits; for a single file what sha256_of_file gives. Empty if progress stopped it. Throws Error
/// (missing_file).
std::string hash_of_model(const std::filesystem::path& model, const HashProgress& progress = {});

}  // namespace diffusion::checkpoint
