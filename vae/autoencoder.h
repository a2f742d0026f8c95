#pragma once

// The autoencoder of the Stable Diffusion families: pictures <-> latents (Rombach et al. 2022,
// section 3.1). Module names are those of diffusers' AutoencoderKL.

#include <torch/nn/pimpl.h>
#include <torch/types.h>

#include "vae/config.h"
#include "vae/decoder.h"
#include "vae/encoder.h"
#include "vae/latent_codec.h"

namespace vae {

class AutoencoderImpl : public LatentCodec {
public:
    explicit AutoencoderImpl(const AutoencoderConfig& config);

    const LatentSpace& space() const override { return space_; }
    Moments encode(const torch::Tensor& pixels) override;
    torch::Tensor decode(const torch::Tensor& latent) override;

    const AutoencoderConfig& config() const { return config_; }

private:
    AutoencoderConfig config_;
    LatentSpace space_;
    Encoder encoder;
    Decoder decoder;
    unet::ops::Conv2d quant_conv{nullptr}, post_quant_conv{nullptr};
};
TORCH_MODULE(Autoencoder);

}  // namespace vae
