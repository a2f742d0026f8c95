#pragma once

#include <torch/types.h>

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "diffusion/checkpoint/file_writer.h"
#include "diffusion/checkpoint/sha256.h"
#include "diffusion/checkpoint/tensor_table.h"

namespace diffusion::checkpoint {

/// A tensor that shall be written. Its bytes are made when its turn comes, so that a model never lies
/// in memory as a whole.
struct TensorSpec {
    std::string name;
    ElementType type = ElementType::f32;  ///< on the disk
    std::vector<std::int64_t> shape;
    std::function<torch::Tensor()> bytes;  ///< dense, on the CPU; as many bytes as byte_count says
};

std::uint64_t byte_count(const TensorSpec& spec);
std::uint64_t byte_count(const std::vector<TensorSpec>& specs);

/// Told how many bytes are done; answers false to stop.
using WriteProgress = HashProgress;

/// Writes the bytes of all, each padded with zeros to a multiple of alignment; false if progress
/// stopped it.
bool write_tensors(FileWriter& writer, const std::vector<TensorSpec>& specs, std::uint64_t alignment,
                   const WriteProgress& progress);

/// The entry as `type`: as it lies there where that is its type already, else converted; q8_0 is the
/// one quantised type that can be made. Throws Error (bad_request) where a number is too large for the
/// type.
TensorSpec spec_of(const std::string& name, const TensorEntry& entry, ElementType type);

}  // namespace diffusion::checkpoint
