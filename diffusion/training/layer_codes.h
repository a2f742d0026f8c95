#pragma once

// What a linear encoder makes of pictures' layers, so that scenes are put together without drawing a pixel.

#include <torch/types.h>

#include <filesystem>

#include "diffusion/training/pack.h"
#include "vae/patch_autoencoder.h"

namespace diffusion::training {

/// Scaled codes, float16. The first of each four is that of a thing less the white it lies on; the others are those
/// of its cover, as red, as green and as blue.
struct LayerCodes {
    torch::Tensor wholes;   ///< [N, 4, C, h, w]
    torch::Tensor halves;   ///< [N, 4, C, h / 2, w / 2]: of half the side
    torch::Tensor white;    ///< [C]: of a white patch
    torch::Tensor colours;  ///< [3, C]: what red, green and blue of 1 add to a patch
    torch::Tensor cut_out;  ///< bool [N]: those that don't fill their square
};

/// Whether codes of this autoencoder add up as layers do, and halves of pictures so large lie on whole patches
/// wherever a composition puts them.
bool can_compose(const vae::PatchAutoencoder& autoencoder, int64_t extent);

/// The codes of all pictures, from the file if it was made by this encoder from a pack of this size; otherwise encoded
/// now and written to it. Only where can_compose. Throws Error (cannot_write).
LayerCodes cached_layer_codes(const std::filesystem::path& file, const Pack& pack, vae::PatchAutoencoder& autoencoder);

}  // namespace diffusion::training
