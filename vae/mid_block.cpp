#include "vae/mid_block.h"

#include <torch/nn/modules/container/modulelist.h>

#include "unet/ops/attention.h"

namespace vae {

using unet::ops::Linear;

unet::ResnetBlock resnet(const AutoencoderConfig& config, int64_t in, int64_t out) {
    return unet::ResnetBlock(unet::ResnetBlockOptions{in, out, 0, config.norm_groups, 1e-6});
}

MapAttentionImpl::MapAttentionImpl(int64_t channels, int64_t groups)
    : group_norm(register_module("group_norm", unet::ops::GroupNorm(groups, channels, 1e-6))),
      to_q(register_module("to_q", Linear(channels, channels))),
      to_k(register_module("to_k", Linear(channels, channels))),
      to_v(register_module("to_v", Linear(channels, channels))),
      to_out(register_module("to_out", torch::nn::ModuleList(Linear(channels, channels)))) {}

torch::Tensor MapAttentionImpl::forward(const torch::Tensor& x) {
    const auto tokens =
        group_norm(x).permute({0, 2, 3, 1}).reshape({x.size(0), -1, x.size(1)});
    const auto attended = unet::ops::attention(to_q(tokens), to_k(tokens), to_v(tokens), 1);
    const auto out = to_out->at<unet::ops::LinearImpl>(0).forward(attended);
    return x + out.view({x.size(0), x.size(2), x.size(3), -1}).permute({0, 3, 1, 2});
}

MidBlockImpl::MidBlockImpl(const AutoencoderConfig& config) {
    const auto channels = config.block_out_channels.back();
    if (config.has_mid_attention) {
        attentions->push_back(MapAttention(channels, config.norm_groups));
        register_module("attentions", attentions);
    }
    for (int i = 0; i < 2; ++i) resnets->push_back(resnet(config, channels, channels));
    register_module("resnets", resnets);
}

torch::Tensor MidBlockImpl::forward(torch::Tensor x) {
    x = resnets->at<unet::ResnetBlockImpl>(0).forward(x);
    if (!attentions->is_empty()) x = attentions->at<MapAttentionImpl>(0).forward(x);
    return resnets->at<unet::ResnetBlockImpl>(1).forward(x);
}

}  // namespace vae
