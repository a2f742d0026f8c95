#pragma once

#include <torch/types.h>

#include "vae/latent_codec.h"

namespace vae {

/// A rough picture of a latent by one matrix product per pixel: [B, C, h, w] -> uint8 [B, h, w, 3]
/// on the CPU. A space without a matrix shows its first channels as red, green and blue.
torch::Tensor latent_preview(const torch::Tensor& latent, const LatentSpace& space);

/// Pixels [B, 3, H, W] in -1 ... 1 -> uint8 [B, H, W, 3] on the CPU.
torch::Tensor preview_bytes(const torch::Tensor& pixels);

}  // namespace vae
