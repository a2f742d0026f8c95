#pragma once

// A copy of the UNet's way down that sees a hint picture (edges, depth, a pose) and says what to add
// to each skip connection of the UNet. Zhang et al. 2023; module names are those of diffusers. Its 1x1
// convolutions began at zero, so that an untrained one changes nothing.

#include <torch/nn/module.h>
#include <torch/nn/modules/container/modulelist.h>
#include <torch/nn/pimpl.h>
#include <torch/types.h>

#include "unet/blocks.h"
#include "unet/conditioning.h"
#include "unet/config.h"

namespace unet {

/// Hint [B, hint_channels, H, W] -> [B, out, H / hint_factor, W / hint_factor].
class HintEmbeddingImpl : public torch::nn::Module {
public:
    explicit HintEmbeddingImpl(const ControlNetConfig& config);
    torch::Tensor forward(const torch::Tensor& hint);

private:
    ops::Conv2d conv_in;
    torch::nn::ModuleList blocks;
    ops::Conv2d conv_out;
};
TORCH_MODULE(HintEmbedding);

class ControlNetImpl : public torch::nn::Module {
public:
    explicit ControlNetImpl(const ControlNetConfig& config);

    /// What the hint looks like to the network, [B, base channels, h, w]. It doesn't depend on the
    /// timestep: compute it once per picture.
    torch::Tensor embed_hint(const torch::Tensor& hint);

    /// latent [B, in_channels, h, w]; timestep and conditioning as the UNet has them; hint_features
    /// [B or 1, ...] of embed_hint. Returns the residuals at strength 1.
    ControlResiduals forward(const torch::Tensor& latent, const torch::Tensor& timestep,
                             const Conditioning& conditioning, const torch::Tensor& hint_features);

    const ControlNetConfig& config() const { return config_; }

private:
    ControlNetConfig config_;
    ops::Conv2d conv_in;
    TimeLayers time_layers_;
    HintEmbedding controlnet_cond_embedding;
    torch::nn::ModuleList down_blocks, controlnet_down_blocks;
    MidBlock mid_block{nullptr};
    ops::Conv2d controlnet_mid_block{nullptr};
};
TORCH_MODULE(ControlNet);

}  // namespace unet
