#pragma once

#include <string>
#include <vector>

#include "diffusion/checkpoint/model_files.h"

namespace diffusion::checkpoint {

/// One tensor of a single-file checkpoint and what it is made of: one canonical tensor, or the three
/// projections that OpenCLIP packs into one, one below the other.
struct SingleFileTensor {
    std::string name;
    std::vector<TensorEntry> pieces;
};

/// The inverse of key_map: the tensors of an opened model under the names of LDM and OpenCLIP that
/// single files of its family have. Throws Error (unsupported_model) for a family without such names.
std::vector<SingleFileTensor> single_file_tensors(const ModelFiles& files);

}  // namespace diffusion::checkpoint
