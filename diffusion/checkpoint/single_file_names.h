#pragma once

#include <functional>
#include <optional>
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

/// The name that LDM has for a tensor of the UNet ("down_blocks.0.resnets.0.conv1.weight" ->
/// "input_blocks.1.0.in_layers.2.weight"); empty where it has none. has: whether the UNet has another
/// tensor, on which LDM's numbers depend.
std::optional<std::string> unet_name_in_single_file(
    const std::string& key, int layers_per_block,
    const std::function<bool(const std::string&)>& has);

}  // namespace diffusion::checkpoint
