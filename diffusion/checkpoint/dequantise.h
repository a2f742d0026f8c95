#pragma once

#include <cstddef>
#include <span>

#include "diffusion/checkpoint/tensor_table.h"

namespace diffusion::checkpoint {

/// Whole blocks of one of GGUF's quantised types -> float32. `values` has block_of(type).elements
/// numbers for every block of `bytes`.
void dequantise(ElementType type, std::span<const std::byte> bytes, std::span<float> values);

}  // namespace diffusion::checkpoint
