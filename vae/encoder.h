#pragma once

#include <torch/nn/module.h>
#include <torch/nn/modules/container/modulelist.h>
#include <torch/nn/pimpl.h>
#include <torch/types.h>

#include "unet/resample.h"
#include "vae/mid_block.h"

namespace vae {

class EncoderLevelImpl : public torch::nn::Module {
public:
    EncoderLevelImpl(const AutoencoderConfig& config, size_t level);
    torch::Tensor forward(torch::Tensor x);

private:
    torch::nn::ModuleList resnets, downsamplers;
};
TORCH_MODULE(EncoderLevel);

/// Pixels [B, in_channels, H, W] -> [B, 2 * latent_channels, H / factor, W / factor].
class EncoderImpl : public torch::nn::Module {
public:
    explicit EncoderImpl(const AutoencoderConfig& config);
    torch::Tensor forward(torch::Tensor x);

private:
    unet::ops::Conv2d conv_in;
    torch::nn::ModuleList down_blocks;
    MidBlock mid_block{nullptr};
    unet::ops::GroupNorm conv_norm_out{nullptr};
    unet::ops::Conv2d conv_out{nullptr};
};
TORCH_MODULE(Encoder);

}  // namespace vae
