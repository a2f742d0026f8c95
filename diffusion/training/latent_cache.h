#pragma once

#include <torch/types.h>

#include <filesystem>
#include <string>

#include "diffusion/training/pack.h"
#include "vae/patch_autoencoder.h"

namespace diffusion::training {

/// Changes with the encoder's weights, the scale and the pack's size: what tells whether a cache still holds.
std::string mark_of(const Pack& pack, const vae::PatchAutoencoder& autoencoder);

/// Scaled latents of all pictures, float16 [N, C, h, w], from the file if it was made by this encoder
/// from a pack of this size; otherwise encoded now and written to it.
torch::Tensor cached_latents(const std::filesystem::path& file, const Pack& pack,
                             vae::PatchAutoencoder& autoencoder);

}  // namespace diffusion::training
