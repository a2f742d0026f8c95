#include "unet/conditioning.h"

namespace unet {

TimeLayers register_time_layers(torch::nn::Module& owner, const UNetConfig& config) {
    const auto width = config.time_embed_dim();
    TimeLayers layers;
    layers.time = owner.register_module("time_embedding",
                                        TimestepEmbedding(config.block_out_channels.front(), width,
                                                          config.guidance_dim));
    if (config.has_added_conditioning()) {
        layers.added =
            owner.register_module("add_embedding", TimestepEmbedding(config.add_input_dim, width));
    }
    return layers;
}

torch::Tensor TimeVector::activated() const {
    return torch::silu(added.defined() ? time + added : time);
}

TimeVector embed_time(TimeLayers& layers, const UNetConfig& config, const torch::Tensor& timestep,
                      const Conditioning& conditioning, const torch::Tensor& latent) {
    const auto dtype = latent.scalar_type();
    TimeVector vector;
    torch::Tensor guidance;
    if (config.guidance_dim > 0 && conditioning.guidance.defined())
        guidance = guidance_embedding(conditioning.guidance, config.guidance_dim).to(dtype);
    vector.time =
        layers.time(sinusoidal_embedding(timestep, config.block_out_channels.front()).to(dtype), guidance);
    if (!layers.added) return vector;
    TORCH_CHECK(conditioning.text_embeds.defined() && conditioning.time_ids.defined(),
                "UNet: this model needs the pooled text and the size conditioning");
    const auto sizes = sinusoidal_embedding(conditioning.time_ids, config.add_time_dim)
                           .view({latent.size(0), -1});
    vector.added = layers.added(torch::cat({conditioning.text_embeds, sizes.to(dtype)}, 1));
    return vector;
}

}  // namespace unet
