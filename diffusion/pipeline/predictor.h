#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "diffusion/sampling/denoiser.h"
#include "unet/unet.h"

namespace diffusion::pipeline {

/// The UNet as a function: latent, timestep and text -> prediction, all in the latent's type.
using Network = std::function<torch::Tensor(const torch::Tensor& latent, const torch::Tensor& timestep,
                                            const unet::Conditioning& conditioning)>;

/// Latent and text may be of another type than the network computes in.
Network network_of(unet::UNet unet);

/// A network that takes a batch one after the other, which takes less memory.
Network one_by_one(Network network);

/// A network that reads channels beside the latent: [1 or B, C, h, w], the same in every call.
Network with_channels(Network network, torch::Tensor channels);

/// A network that is told the guidance scale, see unet::Conditioning.
Network with_guidance_input(Network network, double scale);

/// What one side of an AND is told, and its weight.
struct WeightedConditioning {
    unet::Conditioning conditioning;
    double weight = 1.0;
};

/// What the network is told with the prompt and without it. Each member has a batch of 1 (the same
/// for all pictures) or that of the latent.
struct Guidance {
    std::vector<WeightedConditioning> positive;  ///< more than one with AND; none: as unconditional
    std::optional<unet::Conditioning> unconditional;  ///< absent at guidance 1
};

/// One call makes all predictions, those of texts of equal length in one batch, so that the weights
/// are read once. Several texts become u + sum of w_i (c_i - u), which guidance then scales (Liu et
/// al. 2022, composable diffusion); without u, c_0 takes its place.
sampling::Predictor predictor(Network network, Guidance guidance);

/// The same with a guidance that changes: guidance_at is asked with 0, 1, ... by call. Make a new one
/// for each run.
sampling::Predictor predictor(Network network, std::function<Guidance(int call)> guidance_at);

}  // namespace diffusion::pipeline
