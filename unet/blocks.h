#pragma once

// The levels of the UNet: residual blocks with transformers behind them, then a change of extent.

#include <torch/nn/module.h>
#include <torch/nn/modules/container/modulelist.h>
#include <torch/nn/pimpl.h>
#include <torch/types.h>

#include <vector>

#include "unet/config.h"
#include "unet/resample.h"
#include "unet/resnet_block.h"
#include "unet/spatial_transformer.h"

namespace unet {

/// What every block of a level reads beside its map.
struct BlockInput {
    torch::Tensor time;     ///< [B, time_embed_dim], through SiLU
    torch::Tensor context;  ///< [B, S, cross_attention_dim]
};

class DownBlockImpl : public torch::nn::Module {
public:
    DownBlockImpl(const UNetConfig& config, size_t level);

    /// Appends every map that the way up will join to skips. first_resnet, if given, takes the
    /// result of the first residual block.
    torch::Tensor forward(torch::Tensor x, const BlockInput& input, std::vector<torch::Tensor>& skips,
                          torch::Tensor* first_resnet = nullptr);

private:
    torch::nn::ModuleList resnets, attentions, downsamplers;
};
TORCH_MODULE(DownBlock);

class MidBlockImpl : public torch::nn::Module {
public:
    explicit MidBlockImpl(const UNetConfig& config);
    /// first_attention, if given, takes the result of the transformer.
    torch::Tensor forward(torch::Tensor x, const BlockInput& input,
                          torch::Tensor* first_attention = nullptr);

private:
    torch::nn::ModuleList resnets, attentions;
};
TORCH_MODULE(MidBlock);

class UpBlockImpl : public torch::nn::Module {
public:
    UpBlockImpl(const UNetConfig& config, size_t level);

    /// Takes its maps from the end of skips; the one that is then last gives the new extent.
    torch::Tensor forward(torch::Tensor x, const BlockInput& input, std::vector<torch::Tensor>& skips);

private:
    torch::nn::ModuleList resnets, attentions, upsamplers;
};
TORCH_MODULE(UpBlock);

}  // namespace unet
