#include "unet/controlnet.h"

namespace unet {

namespace {

ControlNetConfig checked(const ControlNetConfig& c) {
    const auto levels = c.unet.block_out_channels.size();
    TORCH_CHECK(levels > 0 && c.unet.down_depth.size() == levels && c.unet.heads.size() == levels,
                "ControlNetConfig: ", levels, " levels, but ", c.unet.down_depth.size(),
                " down depths, ", c.unet.heads.size(), " head counts");
    TORCH_CHECK(!c.hint_widths.empty(), "ControlNetConfig: no width for the hint");
    return c;
}

/// Channels of every skip connection, in the order they are made.
std::vector<int64_t> skip_channels(const UNetConfig& config) {
    const auto& channels = config.block_out_channels;
    std::vector<int64_t> result{channels.front()};
    for (size_t i = 0; i < channels.size(); ++i) {
        const bool has_downsampler = i + 1 < channels.size();
        result.insert(result.end(), config.down_depth[i].size() + (has_downsampler ? 1 : 0),
                      channels[i]);
    }
    return result;
}

}  // namespace

HintEmbeddingImpl::HintEmbeddingImpl(const ControlNetConfig& config)
    : conv_in(register_module("conv_in",
                              ops::conv3x3(config.hint_channels, config.hint_widths.front()))),
      conv_out(ops::conv3x3(config.hint_widths.back(), config.unet.block_out_channels.front())) {
    for (size_t i = 0; i + 1 < config.hint_widths.size(); ++i) {
        const auto in = config.hint_widths[i], out = config.hint_widths[i + 1];
        blocks->push_back(ops::conv3x3(in, in));
        blocks->push_back(ops::Conv2d(in, out, 3, 2, 1));
    }
    register_module("blocks", blocks);
    register_module("conv_out", conv_out);
}

torch::Tensor HintEmbeddingImpl::forward(const torch::Tensor& hint) {
    auto x = torch::silu(conv_in(hint.contiguous(torch::MemoryFormat::ChannelsLast)));
    for (const auto& conv : *blocks) x = torch::silu(conv->as<ops::Conv2dImpl>()->forward(x));
    return conv_out(x);
}

ControlNetImpl::ControlNetImpl(const ControlNetConfig& config)
    : config_(checked(config)),
      conv_in(register_module("conv_in", ops::conv3x3(config.unet.in_channels,
                                                      config.unet.block_out_channels.front()))),
      time_layers_(register_time_layers(*this, config.unet)),
      controlnet_cond_embedding(
          register_module("controlnet_cond_embedding", HintEmbedding(config))) {
    for (size_t i = 0; i < config.unet.block_out_channels.size(); ++i) {
        down_blocks->push_back(DownBlock(config.unet, i));
    }
    register_module("down_blocks", down_blocks);
    for (const auto channels : skip_channels(config.unet)) {
        controlnet_down_blocks->push_back(ops::conv1x1(channels, channels));
    }
    register_module("controlnet_down_blocks", controlnet_down_blocks);
    mid_block = register_module("mid_block", MidBlock(config.unet));
    const auto last = config.unet.block_out_channels.back();
    controlnet_mid_block = register_module("controlnet_mid_block", ops::conv1x1(last, last));
}

torch::Tensor ControlNetImpl::embed_hint(const torch::Tensor& hint) {
    TORCH_CHECK(hint.dim() == 4 && hint.size(1) == config_.hint_channels, "ControlNet: hint ",
                hint.sizes(), " for ", config_.hint_channels, " channels");
    return controlnet_cond_embedding(hint);
}

ControlResiduals ControlNetImpl::forward(const torch::Tensor& latent, const torch::Tensor& timestep,
                                         const Conditioning& conditioning,
                                         const torch::Tensor& hint_features) {
    TORCH_CHECK(latent.dim() == 4 && latent.size(1) == config_.unet.in_channels,
                "ControlNet: latent ", latent.sizes(), " for ", config_.unet.in_channels,
                " input channels");
    TORCH_CHECK(hint_features.dim() == 4 && hint_features.sizes().slice(2) == latent.sizes().slice(2),
                "ControlNet: a hint of extent ", hint_features.sizes().slice(2),
                " (in latent pixels) for a latent of ", latent.sizes().slice(2));
    const BlockInput input{
        embed_time(time_layers_, config_.unet, timestep, conditioning, latent).activated(),
        conditioning.context};
    auto x = conv_in(latent.contiguous(torch::MemoryFormat::ChannelsLast)) + hint_features;
    std::vector<torch::Tensor> skips{x};
    for (const auto& block : *down_blocks) {
        x = block->as<DownBlockImpl>()->forward(x, input, skips);
    }
    x = mid_block(x, input);
    ControlResiduals residuals;
    for (size_t i = 0; i < skips.size(); ++i) {
        residuals.down.push_back(controlnet_down_blocks->at<ops::Conv2dImpl>(i).forward(skips[i]));
    }
    residuals.mid = controlnet_mid_block(x);
    return residuals;
}

}  // namespace unet
