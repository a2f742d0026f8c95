#pragma once

// Between the networks' pixels (-1 ... 1, planes) and the bytes of a picture.

#include <torch/types.h>

#include "diffusion/image.h"

namespace diffusion::pipeline {

/// Decoded pixels [B, 3, H, W], not clamped -> uint8 [B, H, W, 3] on the CPU, rounded to nearest.
torch::Tensor to_bytes(const torch::Tensor& pixels);

/// One picture of uint8 [B, H, W, 3].
Image image_of(const torch::Tensor& bytes, int64_t index);

}  // namespace diffusion::pipeline
