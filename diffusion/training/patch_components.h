#pragma once

// Principal components of picture patches: the linear code that an autoencoder starts from.

#include <torch/types.h>

#include <functional>

#include "vae/patch_autoencoder.h"

namespace diffusion::training {

/// patches [N, in_channels, f, f] of the next portion, or an undefined tensor at the end.
using PatchStream = std::function<torch::Tensor()>;

/// The `channels` strongest components. Their gain is 1 / sqrt(standard deviation): half of a
/// whitening. Left as they are the few strong channels (a patch's mean colours) would be all that a
/// loss over latents sees; made equal, faint texture would weigh as much as they do.
vae::LinearCode principal_code(const PatchStream& next_patches, int64_t channels);

/// Pixels [B, c, H, W] -> all patches [B * (H/f) * (W/f), c, f, f].
torch::Tensor cut_patches(const torch::Tensor& pixels, int64_t factor);

}  // namespace diffusion::training
