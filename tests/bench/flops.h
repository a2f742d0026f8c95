#pragma once

#include <cstdint>

#include "unet/config.h"
#include "vae/config.h"

namespace bench {

/// Floating-point operations (two per multiply-add) of every convolution, linear layer and attention
/// product of one UNet pass; norms, activations and biases are not counted.
/// Height and width in latent pixels.
double unet_flops(const unet::UNetConfig& config, std::int64_t height, std::int64_t width,
                  std::int64_t tokens, std::int64_t batch);

/// The same of the convolutional decoder, for a latent of this extent.
double decoder_flops(const vae::AutoencoderConfig& config, std::int64_t height, std::int64_t width);

}  // namespace bench
