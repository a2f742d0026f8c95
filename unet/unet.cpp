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
      time_layers_(register_time_layers(*this, config)) {
    const auto levels = config.block_out_channels.size();
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

void UNetImpl::set_slice(int64_t positions) {
    for (const auto& module : modules())
        if (auto* block = module->as<TransformerBlockImpl>()) block->set_slice(positions);
}

torch::Tensor UNetImpl::forward(const torch::Tensor& latent, const torch::Tensor& timestep,
                                const Conditioning& conditioning, const ControlResiduals* control,
                                const Tap& tap) {
    TORCH_CHECK(latent.dim() == 4 && latent.size(1) == config_.in_channels, "UNet: latent ",
                latent.sizes(), " for ", config_.in_channels, " input channels");
    const auto time = embed_time(time_layers_, config_, timestep, conditioning, latent);
    tell(tap, "time_embedding", time.time);
    if (time.added.defined()) tell(tap, "add_embedding", time.added);
    const BlockInput input{time.activated(), conditioning.context};
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
