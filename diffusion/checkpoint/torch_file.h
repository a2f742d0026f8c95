#pragma once

#include "diffusion/checkpoint/safetensors_table.h"
#include "diffusion/checkpoint/tensor_table.h"

namespace diffusion::checkpoint {

/// A PyTorch file since 1.6: a zip archive of one pickle and its storages. Throws diffusion::Error;
/// TorchScript programs and big-endian files are unsupported_format.
TensorTable read_torch_zip(const FileBytes& file);

/// A PyTorch file before 1.6: pickles and storages one after the other.
TensorTable read_torch_legacy(const FileBytes& file);

}  // namespace diffusion::checkpoint
