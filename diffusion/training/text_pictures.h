#pragma once

// A lesson for the text encoder without the UNet: what does the picture look like that this text means?

#include <torch/nn/module.h>
#include <torch/nn/modules/container/modulelist.h>
#include <torch/nn/pimpl.h>
#include <torch/types.h>

#include "unet/ops/layers.h"

namespace diffusion::training {

/// Draws the mean latent of a text's pictures from the hidden states at the encoder's last positions, which
/// have read the whole text: each of them, by the same linear map, one square cell of the latent. Taught by
/// the square error, the encoder learns in an eighth of a UNet's time per picture what its words look like,
/// and Korean and English meet, because they mean the same pictures. The UNet, which begins afterwards,
/// finds in the text what it is to draw. The map itself is not part of the model.
class TextPicturesImpl : public torch::nn::Module {
public:
    /// The cells are the smallest, of a power of two, of which three quarters of the positions hold all;
    /// width: of the hidden states. Throws c10::Error where even one cell finds no position or the latent
    /// can't be cut so.
    TextPicturesImpl(int64_t width, int64_t positions, int64_t channels, int64_t height, int64_t across);

    /// hidden [B, T, width] -> latents [B, channels, height, across]; T >= cells.
    torch::Tensor forward(const torch::Tensor& hidden);

private:
    int64_t channels_, height_, across_;
    int64_t cell_ = 1;  ///< latent pixels of a side
    unet::ops::Linear draw{nullptr};
};
TORCH_MODULE(TextPictures);

}  // namespace diffusion::training
