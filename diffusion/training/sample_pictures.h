#pragma once

#include <torch/types.h>

#include <string>
#include <vector>

#include "clip/text_encoder.h"
#include "diffusion/image.h"
#include "diffusion/training/prompt_ids.h"
#include "unet/unet.h"
#include "vae/patch_autoencoder.h"

namespace diffusion::training {

/// The networks in training, for looking at what they make of a prompt.
struct Sampled {
    unet::UNet unet;
    clip::TextEncoder text_encoder;
    vae::PatchAutoencoder autoencoder;
};

/// One picture per prompt, from seeds 0, 1, ...: 24 steps of DPM++ 2M with guidance 4.
std::vector<Image> sample_pictures(Sampled networks, PromptIds& ids, const std::vector<std::string>& prompts,
                                   torch::Device device);

}  // namespace diffusion::training
