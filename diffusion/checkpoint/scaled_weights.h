#pragma once

#include "diffusion/checkpoint/tensor_table.h"

namespace diffusion::checkpoint {

/// Joins 8-bit weights with the factors that ComfyUI stores beside them: `x.scale_weight` becomes
/// the scale of `x.weight`. The factors and the marker `scaled_fp8` leave the table. Throws
/// diffusion::Error (malformed) where a factor is not one finite number.
void join_scales(TensorTable& table, const std::string& file);

}  // namespace diffusion::checkpoint
