#pragma once

#include "diffusion/checkpoint/model_files.h"
#include "diffusion/training/low_rank.h"

#include <filesystem>

namespace diffusion::training {

/// What a LoRA's metadata says of its training beside the options.
struct LoraFacts {
    std::int64_t steps = 0;
    std::int64_t pictures = 0;
    std::int64_t extent = 0;  ///< pixels of a side
};

/// Writes the factors in 16 bits with kohya's keys and metadata (ss_*, modelspec.*), whole or not
/// at all. Throws Error (cannot_write).
void write_lora(const std::filesystem::path& file, LowRank& low_rank, const LoraTraining& options,
                const checkpoint::ModelDescription& model, const LoraFacts& facts);

}  // namespace diffusion::training
