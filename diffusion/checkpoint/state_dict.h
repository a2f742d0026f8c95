#pragma once

#include <torch/types.h>

#include <map>
#include <string>

#include "diffusion/checkpoint/tensor_table.h"

namespace diffusion::checkpoint {

/// Tensors by name, as a file holds them or as a module wants them. The tensors may point into a
/// mapped file and keep the mapping alive; writing to one changes a private copy, never the file.
struct StateDict {
    std::map<std::string, torch::Tensor> tensors;
    std::map<std::string, std::string> metadata;  ///< safetensors `__metadata__`; else empty
};

/// The tensor type of stored elements; float32 for the quantised ones.
torch::Dtype dtype_of(ElementType type);
/// A view of the mapping where alignment allows it, else a copy; quantised blocks become float32.
torch::Tensor to_tensor(const TensorEntry& entry);
StateDict to_state_dict(const TensorTable& table);

}  // namespace diffusion::checkpoint
