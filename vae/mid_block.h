#pragma once

#include <torch/nn/module.h>
#include <torch/nn/modules/container/modulelist.h>
#include <torch/nn/pimpl.h>
#include <torch/types.h>

#include "unet/ops/layers.h"
#include "unet/resnet_block.h"
#include "vae/config.h"

namespace vae {

/// Single-head self-attention over all positions of a map, added to it.
class MapAttentionImpl : public torch::nn::Module {
public:
    MapAttentionImpl(int64_t channels, int64_t groups);
    /// x [B, channels, h, w].
    torch::Tensor forward(const torch::Tensor& x);

private:
    unet::ops::GroupNorm group_norm;
    unet::ops::Linear to_q, to_k, to_v;
    torch::nn::ModuleList to_out;
};
TORCH_MODULE(MapAttention);

/// Residual block, attention, residual block at the lowest resolution.
class MidBlockImpl : public torch::nn::Module {
public:
    explicit MidBlockImpl(const AutoencoderConfig& config);
    torch::Tensor forward(torch::Tensor x);

private:
    torch::nn::ModuleList attentions, resnets;
};
TORCH_MODULE(MidBlock);

/// A residual block as autoencoders have it: no time, eps 1e-6.
unet::ResnetBlock resnet(const AutoencoderConfig& config, int64_t in, int64_t out);

}  // namespace vae
