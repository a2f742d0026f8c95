#pragma once

// The denoising network: a latent, a timestep and the text go in, the predicted noise (or v) comes
// out. Rombach et al. 2022, section 3.2; module names are those of diffusers' checkpoints.

#include <torch/nn/module.h>
#include <torch/nn/modules/container/modulelist.h>
#include <torch/nn/pimpl.h>
#include <torch/types.h>

#include <functional>
#include <string_view>

#include "unet/blocks.h"
#include "unet/conditioning.h"
#include "unet/config.h"

namespace unet {

/// Called with the name and value of inner results, for tests: conv_in, time_embedding,
/// add_embedding, down_blocks.first_resnet, down_blocks.i, mid_block.attentions.0, mid_block,
/// up_blocks.i.
using Tap = std::function<void(std::string_view name, const torch::Tensor& value)>;

class UNetImpl : public torch::nn::Module {
public:
    explicit UNetImpl(const UNetConfig& config);

    /// latent [B, in_channels, h, w], any h and w; timestep [B] or [1], fractional allowed.
    /// Returns [B, out_channels, h, w].
    torch::Tensor forward(const torch::Tensor& latent, const torch::Tensor& timestep,
                          const Conditioning& conditioning,
                          const ControlResiduals* control = nullptr, const Tap& tap = nullptr);

    /// TransformerBlock::set_slice of every block.
    void set_slice(int64_t positions);

    const UNetConfig& config() const { return config_; }

private:
    UNetConfig config_;
    ops::Conv2d conv_in{nullptr};
    TimeLayers time_layers_;
    torch::nn::ModuleList down_blocks;
    MidBlock mid_block{nullptr};
    torch::nn::ModuleList up_blocks;
    ops::GroupNorm conv_norm_out{nullptr};
    ops::Conv2d conv_out{nullptr};
};
TORCH_MODULE(UNet);

}  // namespace unet
