#pragma once

// The pack's pictures as batches of tensors, split once and for all into training and held-out ones.

#include <torch/types.h>

#include <cstdint>
#include <span>
#include <vector>

#include "diffusion/training/pack.h"

namespace diffusion::training {

struct Split {
    std::vector<int64_t> training, held_out;
};

/// One in `one_in` is held out, chosen by the file's name: the same in every pack and every run.
/// Throws Error (corrupt_file) when nothing is left to train on.
Split split_pictures(const Pack& pack, std::uint64_t one_in);

/// RGB bytes -> float32 [3, H, W] in -1 ... 1, and back (clamped).
torch::Tensor to_tensor(const Image& image);
Image to_image(const torch::Tensor& pixels);

/// Whole pictures [n, 3, H, W].
torch::Tensor load_pictures(const Pack& pack, std::span<const int64_t> indices);

/// `count` squares of `extent` pixels from training pictures, placed by chance (in steps of 8), as
/// the step's seed says.
torch::Tensor draw_crops(const Pack& pack, std::span<const int64_t> from, int64_t count, int64_t extent,
                         std::uint64_t seed);

/// Which `count` training pictures step number `step` sees: every picture once an epoch, in an order
/// that the seed and the epoch decide.
std::vector<int64_t> batch_of_step(std::span<const int64_t> from, int64_t step, int64_t count,
                                   std::uint64_t seed);

}  // namespace diffusion::training
