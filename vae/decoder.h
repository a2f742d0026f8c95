#pragma once

#include <torch/nn/module.h>
#include <torch/nn/modules/container/modulelist.h>
#include <torch/nn/pimpl.h>
#include <torch/types.h>

#include "unet/resample.h"
#include "vae/mid_block.h"

namespace vae {

class DecoderLevelImpl : public torch::nn::Module {
public:
    DecoderLevelImpl(const AutoencoderConfig& config, size_t level);
    torch::Tensor forward(torch::Tensor x);

private:
    torch::nn::ModuleList resnets, upsamplers;
};
TORCH_MODULE(DecoderLevel);

/// Latent [B, latent_channels, h, w] -> pixels [B, out_channels, h * factor, w * factor].
class DecoderImpl : public torch::nn::Module {
public:
    explicit DecoderImpl(const AutoencoderConfig& config);
    torch::Tensor forward(torch::Tensor x);

private:
    unet::ops::Conv2d conv_in;
    torch::nn::ModuleList up_blocks;
    MidBlock mid_block{nullptr};
    unet::ops::GroupNorm conv_norm_out{nullptr};
    unet::ops::Conv2d conv_out{nullptr};
};
TORCH_MODULE(Decoder);

}  // namespace vae
