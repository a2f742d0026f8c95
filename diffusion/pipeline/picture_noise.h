#pragma once

// The random numbers of pictures, as the profile's program draws them.

#include <torch/types.h>

#include <cstdint>
#include <vector>

#include "diffusion/pipeline/sampling_setup.h"
#include "diffusion/request.h"

namespace diffusion::pipeline {

/// Pictures `first`, first + 1, ... of a request that are made together.
struct PictureRange {
    int first = 0;
    int count = 1;
};

/// Seeds of the pictures' own noise: seed + i, or one for all where a variation seed or the place in
/// a batch tells them apart.
std::vector<std::uint64_t> picture_seeds(const GenerationRequest& request, PictureRange pictures);

/// The request that makes picture `index` alone: its seeds and its place in a batch.
GenerationRequest request_of_picture(GenerationRequest request, int index);

/// Unit noise [count, C, H, W] of the first latents, and what the samplers draw after it.
struct PictureNoise {
    torch::Tensor first;          ///< on the CPU
    sampling::NoiseSource steps;  ///< on the device
};

/// shape: [C, H, W] of one latent; factor: pixels of a latent pixel's side.
PictureNoise picture_noise(const GenerationRequest& request, const SamplingSetup& setup,
                           PictureRange pictures, const std::vector<std::int64_t>& shape,
                           std::int64_t factor, const torch::Device& device);

}  // namespace diffusion::pipeline
