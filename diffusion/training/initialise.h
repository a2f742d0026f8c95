#pragma once

// First weights of networks whose constructors leave them unset.

#include <torch/types.h>

#include "clip/text_encoder.h"
#include "diffusion/training/text_pictures.h"
#include "unet/unet.h"

namespace diffusion::training {

/// Kaiming-uniform for convolutions and linear layers (as torch.nn draws them), ones and zeros for
/// norms, and zero for the last layer of each residual path, so that the network begins close to the
/// identity: conv2, proj_out and conv_out.
void initialise(unet::UNet& unet, at::Generator generator);

/// As CLIP does it (Radford et al. 2021): normal, scaled down with width and depth.
void initialise(clip::TextEncoder& encoder, at::Generator generator);

/// As torch.nn draws a linear layer, without a constant.
void initialise(TextPictures& pictures, at::Generator generator);

}  // namespace diffusion::training
