#pragma once

#include <cstdint>
#include <optional>

#include "diffusion/checkpoint/safetensors_table.h"
#include "diffusion/checkpoint/tensor_table.h"

namespace diffusion::checkpoint {

/// The GGUF container, versions 2 and 3. Texts and numbers of its key-value part become metadata
/// ("general.architecture"). Shapes are in the order of PyTorch; tensors that were flattened to be
/// quantised get their shape back (`comfy.gguf.orig_shape.<name>`). Throws diffusion::Error.
TensorTable read_gguf(const FileBytes& file);

/// The container's number of a type, if it has one.
std::optional<std::uint32_t> gguf_type_id(ElementType type);

}  // namespace diffusion::checkpoint
