#pragma once

// Floating-point operations (two per multiply-add) of every convolution, linear layer and attention
// product; norms, activations and biases are not counted.

#include <cstdint>

#include "clip/config.h"
#include "diffusion/checkpoint/model_files.h"

namespace diffusion::pipeline {

/// One UNet pass. Height and width in latent pixels.
double unet_work(const unet::UNetConfig& config, std::int64_t height, std::int64_t width,
                 std::int64_t tokens, std::int64_t batch);

/// Decoding or encoding one picture, for a latent of this extent.
double decoder_work(const checkpoint::VaeConfig& config, std::int64_t height, std::int64_t width);
double encoder_work(const checkpoint::VaeConfig& config, std::int64_t height, std::int64_t width);

/// Encoding one text.
double text_work(const clip::TextEncoderConfig& config, std::int64_t tokens);

}  // namespace diffusion::pipeline
