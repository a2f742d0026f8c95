#include "vae/encoder.h"

namespace vae {

using unet::ops::conv3x3;

EncoderLevelImpl::EncoderLevelImpl(const AutoencoderConfig& config, size_t level) {
    const auto out = config.block_out_channels[level];
    const auto in = level == 0 ? out : config.block_out_channels[level - 1];
    for (int64_t i = 0; i < config.layers_per_block; ++i) {
        resnets->push_back(resnet(config, i == 0 ? in : out, out));
    }
    register_module("resnets", resnets);
    if (level + 1 < config.block_out_channels.size()) {
        downsamplers->push_back(unet::Downsample(out, unet::DownsamplePadding::right_and_below));
        register_module("downsamplers", downsamplers);
    }
}

torch::Tensor EncoderLevelImpl::forward(torch::Tensor x) {
    for (const auto& block : *resnets) x = block->as<unet::ResnetBlockImpl>()->forward(x);
    return downsamplers->is_empty() ? x : downsamplers->at<unet::DownsampleImpl>(0).forward(x);
}

EncoderImpl::EncoderImpl(const AutoencoderConfig& config)
    : conv_in(register_module("conv_in",
                              conv3x3(config.in_channels, config.block_out_channels.front()))) {
    for (size_t i = 0; i < config.block_out_channels.size(); ++i) {
        down_blocks->push_back(EncoderLevel(config, i));
    }
    register_module("down_blocks", down_blocks);
    mid_block = register_module("mid_block", MidBlock(config));
    const auto last = config.block_out_channels.back();
    conv_norm_out = register_module("conv_norm_out",
                                    unet::ops::GroupNorm(config.norm_groups, last, 1e-6));
    conv_out = register_module("conv_out", conv3x3(last, 2 * config.latent_channels));
}

torch::Tensor EncoderImpl::forward(torch::Tensor x) {
    x = conv_in(x.contiguous(torch::MemoryFormat::ChannelsLast));
    for (const auto& level : *down_blocks) x = level->as<EncoderLevelImpl>()->forward(x);
    return conv_out(conv_norm_out->forward_silu(mid_block(x)));
}

}  // namespace vae
