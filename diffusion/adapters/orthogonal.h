#pragma once

#include "diffusion/adapters/delta.h"

#include <torch/types.h>

namespace diffusion::adapters {

/// The weight with its output rows rotated block by block: OFT (Qiu et al. 2023), or several times
/// in growing strides, BOFT (Liu et al. 2023). "oft_blocks" holds generators (rotations by Cayley's
/// transform), "oft_diag" of older files the rotations.
torch::Tensor rotated(const Factors& factors, const torch::Tensor& weight);

}  // namespace diffusion::adapters
