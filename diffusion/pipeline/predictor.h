#pragma once

#include <optional>

#include "diffusion/sampling/denoiser.h"
#include "unet/unet.h"

namespace diffusion::pipeline {

/// What the UNet is told with the prompt and without it. Each member has a batch of 1 (the same for
/// all pictures) or that of the latent.
struct GuidancePair {
    unet::Conditioning conditional;
    std::optional<unet::Conditioning> unconditional;  ///< absent at guidance 1
};

/// Closes over the network: one call makes both predictions in one batch, so that the weights are
/// read once. The latent may be of another type than the weights; predictions come back in its type.
sampling::Predictor unet_predictor(unet::UNet unet, GuidancePair conditioning);

}  // namespace diffusion::pipeline
