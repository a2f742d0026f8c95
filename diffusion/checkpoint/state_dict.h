#pragma once

#include <torch/torch.h>

#include <map>
#include <string>

namespace diffusion::checkpoint {

/// Tensors by name, as a file holds them or as a module wants them. The tensors may point into a
/// mapped file: they are read-only, and keep the mapping alive.
struct StateDict {
    std::map<std::string, torch::Tensor> tensors;
    std::map<std::string, std::string> metadata;  ///< safetensors `__metadata__`; else empty
};

}  // namespace diffusion::checkpoint
