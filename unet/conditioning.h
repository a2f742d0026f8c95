#pragma once

#include <torch/nn/module.h>
#include <torch/types.h>

#include <vector>

#include "unet/config.h"
#include "unet/time_embedding.h"

namespace unet {

/// What the network is told beside the latent. B must be that of the latent.
struct Conditioning {
    torch::Tensor context;      ///< [B, tokens, cross_attention_dim]
    torch::Tensor text_embeds;  ///< SDXL: pooled text [B, P]; else undefined
    torch::Tensor time_ids;     ///< SDXL: sizes and crops [B, 6] (refiner [B, 5]); else undefined
    torch::Tensor guidance{};   ///< LCM: the guidance scale [1]; undefined: the network acts as at none
};

/// Added to the skip connections (in the order they are made) and to the middle block's output.
struct ControlResiduals {
    std::vector<torch::Tensor> down;
    torch::Tensor mid;
};

/// The layers that every network of this kind has for the timestep and, with SDXL, for sizes and
/// pooled text.
struct TimeLayers {
    TimestepEmbedding time{nullptr};
    TimestepEmbedding added{nullptr};  ///< null without added conditioning
};

/// Registers them with the owner as time_embedding and add_embedding.
TimeLayers register_time_layers(torch::nn::Module& owner, const UNetConfig& config);

/// What both embeddings say, before their sum; added is undefined without added conditioning.
struct TimeVector {
    torch::Tensor time;   ///< [B or 1, time_embed_dim]
    torch::Tensor added;  ///< [B, time_embed_dim]

    /// What the residual blocks read: the sum through SiLU.
    torch::Tensor activated() const;
};

/// timestep [B] or [1]; the latent gives B and the type.
TimeVector embed_time(TimeLayers& layers, const UNetConfig& config, const torch::Tensor& timestep,
                      const Conditioning& conditioning, const torch::Tensor& latent);

}  // namespace unet
