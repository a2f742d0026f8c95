#pragma once

// ControlNets beside the UNet: each sees the latent and its hint, and adds to the UNet's skip
// connections (Zhang et al. 2023).

#include "diffusion/pipeline/predictor.h"
#include "unet/controlnet.h"

#include <vector>

namespace diffusion::pipeline {

struct Control {
    unet::ControlNet net{nullptr};
    torch::Tensor features;  ///< embed_hint of the hint, [1, ...]
    double strength = 1.0;
    double start = 0.0;  ///< shares of the steps in which it acts
    double end = 1.0;
};

/// The UNet with what the controls add to it, of a run of step_count steps that ask once each; make
/// a new one for each run. With guesses the hint itself is to say what is seen: residuals grow from
/// a tenth to all of their strength on the way down, and the text without a prompt, the last of a
/// batch that holds each of `pictures` once per text, gets none. All as diffusers does it.
Network with_controls(unet::UNet unet, std::vector<Control> controls, int step_count,
                      bool guesses = false, std::int64_t pictures = 1);

}  // namespace diffusion::pipeline
