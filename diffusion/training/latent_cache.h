#pragma once

#include <torch/types.h>

#include <filesystem>

#include "diffusion/training/pack.h"
#include "vae/patch_autoencoder.h"

namespace diffusion::training {

/// Scaled latents of all pictures, float16 [N, C, h, w], from the file if it was made by this encoder
/// from a pack of this size; otherwise encoded now and written to it.
torch::Tensor cached_latents(const std::filesystem::path& file, const Pack& pack,
                             vae::PatchAutoencoder& autoencoder);

}  // namespace diffusion::training
