#include "unet/unet.h"

#include <string>

namespace unet {

namespace {

void check(const UNetConfig& c) {
    const auto levels = c.block_out_channels.size();
    TORCH_CHECK(levels > 0 && c.down_depth.size() == levels && c.up_depth.size() == levels &&
                    c.heads.size() == levels,
                "UNetConfig: ", levels, " levels, but ", c.down_depth.size(), " down depths, ",
                c.up_depth.size(), " up depths, ", c.heads.size(), " head counts");
}

void tell(const Tap& tap, const std::string& name, const torch::Tensor& value) {
    if (tap) tap(name, value);
}

}  // namespace

UNetImpl::UNetImpl(const UNetConfig& config)
    : config_((check(config), config)),
      conv_in(register_module("conv_in",
                              ops::conv3x3(config.in_channels, config.block_out_channels.front()))),
      time_embedding(register_module(
          "time_embedding",
          TimestepEmbedding(config.block_out_channels.front(), config.time_embed_dim()))) {
    const auto levels = config.block_out_channels.size();
    if (config.has_added_conditioning()) {
        add_embedding = register_module(
            "add_embedding", TimestepEmbedding(config.add_input_dim, config.time_embed_dim()));
    }
    for (size_t i = 0; i < levels; ++i) down_blocks->push_back(DownBlock(config, i));
    register_module("down_blocks", down_blocks);
    for (size_t i = levels; i-- > 0;) up_blocks->push_back(UpBlock(config, i));
    register_module("up_blocks", up_blocks);
    mid_block = register_module("mid_block", MidBlock(config));
    const auto base = config.block_out_channels.front();
    conv_norm_out =
        register_module("conv_norm_out", ops::GroupNorm(config.norm_groups, base, 1e-5));
    conv_out = register_module("conv_out", ops::conv3x3(base, config.out_channels));
}

torch::Tensor UNetImpl::embed_time(const torch::Tensor& timestep, const Conditioning& conditioning,
                                   int64_t batch, const Tap& tap) {
    const auto dtype = conv_in->weight.scalar_type();
    auto time = time_embedding(
        sinusoidal_embedding(timestep, config_.block_out_channels.front()).to(dtype));
    tell(tap, "time_embedding", time);
    if (add_embedding) {
        TORCH_CHECK(conditioning.text_embeds.defined() && conditioning.time_ids.defined(),
                    "UNet: this model needs the pooled text and the size conditioning");
        const auto sizes =
            sinusoidal_embedding(conditioning.time_ids, config_.add_time_dim).view({batch, -1});
        const auto added =
            add_embedding(torch::cat({conditioning.text_embeds, sizes.to(dtype)}, 1));
        tell(tap, "add_embedding", added);
        time = time + added;
    }
    return torch::silu(time);
}

torch::Tensor UNetImpl::forward(const torch::Tensor& latent, const torch::Tensor& timestep,
                                const Conditioning& conditioning, const ControlResiduals* control,
                                const Tap& tap) {
    TORCH_CHECK(latent.dim() == 4 && latent.size(1) == config_.in_channels, "UNet: latent ",
                latent.sizes(), " for ", config_.in_channels, " input channels");
    const BlockInput input{embed_time(timestep, conditioning, latent.size(0), tap),
                           conditioning.context};
    auto x = conv_in(latent.contiguous(torch::MemoryFormat::ChannelsLast));
    tell(tap, "conv_in", x);
    std::vector<torch::Tensor> skips{x};
    torch::Tensor inner;
    for (size_t i = 0; i < down_blocks->size(); ++i) {
        const bool is_wanted = tap && i == 0;
        x = down_blocks->at<DownBlockImpl>(i).forward(x, input, skips, is_wanted ? &inner : nullptr);
        if (is_wanted) tell(tap, "down_blocks.first_resnet", inner);
        tell(tap, "down_blocks." + std::to_string(i), x);
    }
    x = mid_block->forward(x, input, tap ? &inner : nullptr);
    tell(tap, "mid_block.attentions.0", inner);
    tell(tap, "mid_block", x);
    if (control) {
        TORCH_CHECK(control->down.size() == skips.size(), "UNet: ", control->down.size(),
                    " control residuals for ", skips.size(), " skip connections");
        for (size_t i = 0; i < skips.size(); ++i) skips[i] = skips[i] + control->down[i];
        x = x + control->mid;
    }
    for (size_t i = 0; i < up_blocks->size(); ++i) {
        x = up_blocks->at<UpBlockImpl>(i).forward(x, input, skips);
        tell(tap, "up_blocks." + std::to_string(i), x);
    }
    return conv_out(conv_norm_out->forward_silu(x));
}

}  // namespace unet
