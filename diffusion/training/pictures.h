#pragma once

// The pack's pictures as batches of tensors, split once and for all into training and held-out ones.

#include <torch/types.h>

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "diffusion/training/pack.h"
#include "diffusion/training/trainee.h"

namespace diffusion::training {

struct Split {
    std::vector<int64_t> training, held_out;
};

/// As held_out.h chooses. Throws Error (corrupt_file) for an empty pack.
Split split_pictures(const Pack& pack, double held_out_share, std::uint64_t seed);

/// Notes in the trainee which pictures its run keeps from it. Returns a sentence where a state that goes on
/// was trained with others, else nothing.
std::string note_held_out(Trainee& trainee, bool goes_on, double held_out_share, std::uint64_t seed);

/// RGB bytes -> float32 [3, H, W] in -1 ... 1, and back (clamped).
torch::Tensor to_tensor(const Image& image);
Image to_image(const torch::Tensor& pixels);

/// Whole pictures [n, 3, H, W].
torch::Tensor load_pictures(const Pack& pack, std::span<const int64_t> indices);

/// Names of the files that are kept from training, one per line: what measures a model must leave out.
void write_held_out(const std::filesystem::path& file, const Pack& pack, const Split& split);

/// Which `count` training pictures step number `step` sees: every picture once an epoch, in an order
/// that the seed and the epoch decide.
std::vector<int64_t> batch_of_step(std::span<const int64_t> from, int64_t step, int64_t count,
                                   std::uint64_t seed);

}  // namespace diffusion::training
