#pragma once

// A picture apart from what lies below it.

#include <torch/types.h>

#include <cstdint>

#include "diffusion/image.h"

namespace diffusion::training {

/// RGBA of a pack -> float32 [4, H, W]: the colours in -1 ... 1 as they lie on white (1), and the cover, 0 ... 1.
/// Both are linear in the picture, so that layers are scaled and added without knowing the colours below.
torch::Tensor layer_of(const Image& image);

/// Nothing: white that nothing covers.
torch::Tensor empty_layer(int64_t extent);

/// Photographs and drawings with a ground of their own fill their square: they stay where they are.
bool is_cut_out(const torch::Tensor& layer);

/// The layer with `side` pixels of a side, each the mean of what it covers.
torch::Tensor scaled(const torch::Tensor& layer, int64_t side);

}  // namespace diffusion::training
