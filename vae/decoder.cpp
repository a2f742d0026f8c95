#include "vae/decoder.h"

namespace vae {

using unet::ops::conv3x3;

DecoderLevelImpl::DecoderLevelImpl(const AutoencoderConfig& config, size_t level) {
    const auto& channels = config.block_out_channels;
    const auto out = channels[level];
    const auto in = level + 1 < channels.size() ? channels[level + 1] : out;
    for (int64_t i = 0; i <= config.layers_per_block; ++i) {
        resnets->push_back(resnet(config, i == 0 ? in : out, out));
    }
    register_module("resnets", resnets);
    if (level > 0) {
        upsamplers->push_back(unet::Upsample(out));
        register_module("upsamplers", upsamplers);
    }
}

torch::Tensor DecoderLevelImpl::forward(torch::Tensor x) {
    for (const auto& block : *resnets) x = block->as<unet::ResnetBlockImpl>()->forward(x);
    return upsamplers->is_empty() ? x : upsamplers->at<unet::UpsampleImpl>(0).forward(x);
}

DecoderImpl::DecoderImpl(const AutoencoderConfig& config)
    : conv_in(register_module("conv_in",
                              conv3x3(config.latent_channels, config.block_out_channels.back()))) {
    for (size_t i = config.block_out_channels.size(); i-- > 0;) {
        up_blocks->push_back(DecoderLevel(config, i));
    }
    register_module("up_blocks", up_blocks);
    mid_block = register_module("mid_block", MidBlock(config));
    const auto first = config.block_out_channels.front();
    conv_norm_out = register_module("conv_norm_out",
                                    unet::ops::GroupNorm(config.norm_groups, first, 1e-6));
    conv_out = register_module("conv_out", conv3x3(first, config.out_channels));
}

torch::Tensor DecoderImpl::forward(torch::Tensor x) {
    x = mid_block(conv_in(x.contiguous(torch::MemoryFormat::ChannelsLast)));
    for (const auto& level : *up_blocks) x = level->as<DecoderLevelImpl>()->forward(x);
    return conv_out(conv_norm_out->forward_silu(x));
}

}  // namespace vae
