#pragma once

// From a given picture and mask to what the sampler and the network read.

#include <torch/types.h>

#include "diffusion/image.h"
#include "diffusion/pipeline/extent.h"
#include "vae/latent_codec.h"

namespace diffusion::pipeline {

/// A picture on the canvas: [1, 3, H, W] in -1 ... 1. It is scaled to cover the extent, the middle of
/// the rest is cut out, and its edges are continued over what the canvas has more. What is
/// transparent becomes white.
torch::Tensor pixels_of(const Image& picture, const Extent& extent, std::int64_t factor);

/// A mask on the canvas, fitted in the same way: [1, 1, H, W] in 0 ... 1, 1 is made anew. That is its
/// brightness, or its opacity if a pixel is transparent.
torch::Tensor mask_of(const Image& mask, const Extent& extent, std::int64_t factor);

/// Gaussian blur of [1, 1, H, W], as wide as A1111's "Mask blur". deviation in pixels; 0: as it is.
torch::Tensor blurred(const torch::Tensor& mask, double deviation);

/// 0 or 1 for each latent pixel, [1, 1, h, w]: the pixel in its corner, as diffusers takes it.
torch::Tensor corner_mask(const torch::Tensor& mask, std::int64_t factor);

/// The same by the mean around each latent pixel, as A1111 takes it.
torch::Tensor mean_mask(const torch::Tensor& mask, std::int64_t factor);

/// A latent drawn from what the encoder says of the pixels, scaled: mean + deviation * noise.
/// noise: [B, channels, h, w] of unit normals; the result has its batch.
torch::Tensor draw_latent(const vae::Moments& moments, const torch::Tensor& noise,
                          const vae::LatentSpace& space);

/// In the type of the autoencoder's weights; the result is float32.
vae::Moments encode_pixels(vae::LatentCodec& codec, const torch::Tensor& pixels);

/// What an inpainting UNet reads beside the noisy latent (Rombach et al. 2022, section 4.5):
/// 0 or 1 of the mask, then the latent of the picture with its hole in grey.
/// corner_mask: [1, 1, h, w]; masked_latent: [B, channels, h, w].
torch::Tensor inpaint_channels(const torch::Tensor& corner_mask, const torch::Tensor& masked_latent);

/// Pixels with a grey hole where the mask is at least one half.
torch::Tensor with_hole(const torch::Tensor& pixels, const torch::Tensor& mask);

}  // namespace diffusion::pipeline
