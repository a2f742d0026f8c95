#pragma once

// The denoising network: a latent, a timestep and the text go in, the predicted noise (or v) comes
// out. Rombach et al. 2022, section 3.2; module names are those of diffusers' checkpoints.

#include <torch/nn/module.h>
#include <torch/nn/modules/container/modulelist.h>
#include <torch/nn/pimpl.h>
#include <torch/types.h>

#include <functional>
#include <string_view>
#include <vector>

#include "unet/blocks.h"
#include "unet/config.h"
#include "unet/time_embedding.h"

namespace unet {

/// What the network is told beside the latent. B must be that of the latent.
struct Conditioning {
    torch::Tensor context;      ///< [B, tokens, cross_attention_dim]
    torch::Tensor text_embeds;  ///< SDXL: pooled text [B, P]; else undefined
    torch::Tensor time_ids;     ///< SDXL: sizes and crops [B, 6] (refiner [B, 5]); else undefined
};

/// Added to the skip connections (in the order they are made) and to the middle block's output.
struct ControlResiduals {
    std::vector<torch::Tensor> down;
    torch::Tensor mid;
};

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

    const UNetConfig& config() const { return config_; }

private:
    torch::Tensor embed_time(const torch::Tensor& timestep, const Conditioning& conditioning,
                             int64_t batch, const Tap& tap);

    UNetConfig config_;
    ops::Conv2d conv_in{nullptr};
    TimestepEmbedding time_embedding{nullptr};
    TimestepEmbedding add_embedding{nullptr};
    torch::nn::ModuleList down_blocks;
    MidBlock mid_block{nullptr};
    torch::nn::ModuleList up_blocks;
    ops::GroupNorm conv_norm_out{nullptr};
    ops::Conv2d conv_out{nullptr};
};
TORCH_MODULE(UNet);

}  // namespace unet
