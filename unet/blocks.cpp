#include "unet/blocks.h"

#include <torch/nn/modules/container/modulelist.h>
#include <algorithm>

#include "unet/ops/recompute.h"

namespace unet {

namespace {

ResnetBlock resnet(const UNetConfig& config, int64_t in, int64_t out) {
    return ResnetBlock(
        ResnetBlockOptions{in, out, config.time_embed_dim(), config.norm_groups, 1e-5});
}

SpatialTransformer transformer(const UNetConfig& config, size_t level, int64_t depth) {
    return SpatialTransformer(SpatialTransformerOptions{
        config.block_out_channels[level], depth, config.heads[level], config.cross_attention_dim,
        config.norm_groups, config.linear_projection});
}

/// A level has transformers behind all of its residual blocks or behind none.
bool has_attention(const std::vector<int64_t>& depth) {
    const bool any = std::any_of(depth.begin(), depth.end(), [](int64_t d) { return d > 0; });
    const bool all = std::all_of(depth.begin(), depth.end(), [](int64_t d) { return d > 0; });
    TORCH_CHECK(any == all, "UNet level with transformers behind some residual blocks only: ", depth);
    return any;
}

torch::Tensor run(torch::nn::ModuleList& resnets, torch::nn::ModuleList& attentions, size_t i,
                  const torch::Tensor& x, const BlockInput& input) {
    auto* resnet = resnets->ptr(i)->as<ResnetBlockImpl>();
    auto* attention = i < attentions->size() ? attentions->ptr(i)->as<SpatialTransformerImpl>() : nullptr;
    const auto block = [resnet, attention](const torch::Tensor& map, const torch::Tensor& time,
                                           const torch::Tensor& context) {
        const auto h = resnet->forward(map, time);
        return attention ? attention->forward(h, context) : h;
    };
    return ops::recomputed(block, x, input.time, attention ? input.context : torch::Tensor());
}

}  // namespace

DownBlockImpl::DownBlockImpl(const UNetConfig& config, size_t level) {
    const auto out = config.block_out_channels[level];
    const auto in = level == 0 ? out : config.block_out_channels[level - 1];
    const auto& depth = config.down_depth[level];
    const bool with_attention = has_attention(depth);
    for (size_t i = 0; i < depth.size(); ++i) {
        resnets->push_back(resnet(config, i == 0 ? in : out, out));
        if (with_attention) attentions->push_back(transformer(config, level, depth[i]));
    }
    register_module("resnets", resnets);
    if (with_attention) register_module("attentions", attentions);
    if (level + 1 < config.block_out_channels.size()) {
        downsamplers->push_back(Downsample(out, DownsamplePadding::all_around));
        register_module("downsamplers", downsamplers);
    }
}

torch::Tensor DownBlockImpl::forward(torch::Tensor x, const BlockInput& input,
                                     std::vector<torch::Tensor>& skips, torch::Tensor* first_resnet) {
    for (size_t i = 0; i < resnets->size(); ++i) {
        if (i == 0 && first_resnet) {
            *first_resnet = resnets->at<ResnetBlockImpl>(0).forward(x, input.time);
        }
        x = run(resnets, attentions, i, x, input);
        skips.push_back(x);
    }
    if (!downsamplers->is_empty()) {
        x = downsamplers->at<DownsampleImpl>(0).forward(x);
        skips.push_back(x);
    }
    return x;
}

MidBlockImpl::MidBlockImpl(const UNetConfig& config) {
    const auto channels = config.block_out_channels.back();
    const int resnet_count = config.mid_depth < 0 ? 1 : 2;
    for (int i = 0; i < resnet_count; ++i) resnets->push_back(resnet(config, channels, channels));
    register_module("resnets", resnets);
    if (config.mid_depth > 0) {
        attentions->push_back(
            transformer(config, config.block_out_channels.size() - 1, config.mid_depth));
        register_module("attentions", attentions);
    }
}

torch::Tensor MidBlockImpl::forward(torch::Tensor x, const BlockInput& input,
                                    torch::Tensor* first_attention) {
    x = run(resnets, attentions, 0, x, input);
    if (first_attention) *first_attention = x;
    for (size_t i = 1; i < resnets->size(); ++i) {
        x = resnets->at<ResnetBlockImpl>(i).forward(x, input.time);
    }
    return x;
}

UpBlockImpl::UpBlockImpl(const UNetConfig& config, size_t level) {
    const auto& channels = config.block_out_channels;
    const auto out = channels[level];
    const auto below = level + 1 < channels.size() ? channels[level + 1] : out;
    const auto above = level == 0 ? channels[0] : channels[level - 1];
    const auto& depth = config.up_depth[level];
    const bool with_attention = has_attention(depth);
    for (size_t i = 0; i < depth.size(); ++i) {
        const auto in = i == 0 ? below : out;
        const auto skip = i + 1 == depth.size() ? above : out;
        resnets->push_back(resnet(config, in + skip, out));
        if (with_attention) attentions->push_back(transformer(config, level, depth[i]));
    }
    if (with_attention) register_module("attentions", attentions);
    register_module("resnets", resnets);
    if (level > 0) {
        upsamplers->push_back(Upsample(out));
        register_module("upsamplers", upsamplers);
    }
}

torch::Tensor UpBlockImpl::forward(torch::Tensor x, const BlockInput& input,
                                   std::vector<torch::Tensor>& skips) {
    for (size_t i = 0; i < resnets->size(); ++i) {
        TORCH_CHECK(!skips.empty(), "UpBlock: no skip connection left for residual block ", i);
        x = run(resnets, attentions, i, torch::cat({x, skips.back()}, 1), input);
        skips.pop_back();
    }
    if (!upsamplers->is_empty()) {
        x = upsamplers->at<UpsampleImpl>(0).forward(x, skips.back().size(2), skips.back().size(3));
    }
    return x;
}

}  // namespace unet
