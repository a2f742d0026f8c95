#include "unet/spatial_transformer.h"

namespace unet {

SpatialTransformerImpl::SpatialTransformerImpl(const SpatialTransformerOptions& o)
    : norm(register_module("norm", ops::GroupNorm(o.groups, o.channels, 1e-6))) {
    if (o.linear_projection) {
        proj_in_linear = register_module("proj_in", ops::Linear(o.channels, o.channels));
    } else {
        proj_in_conv = register_module("proj_in", ops::conv1x1(o.channels, o.channels));
    }
    for (int64_t i = 0; i < o.depth; ++i) {
        transformer_blocks->push_back(TransformerBlock(o.channels, o.context_width, o.heads));
    }
    register_module("transformer_blocks", transformer_blocks);
    if (o.linear_projection) {
        proj_out_linear = register_module("proj_out", ops::Linear(o.channels, o.channels));
    } else {
        proj_out_conv = register_module("proj_out", ops::conv1x1(o.channels, o.channels));
    }
}

torch::Tensor SpatialTransformerImpl::forward(const torch::Tensor& x, const torch::Tensor& context) {
    const auto to_tokens = [](const torch::Tensor& map) {
        return map.permute({0, 2, 3, 1}).reshape({map.size(0), -1, map.size(1)});
    };
    const auto to_map = [&x](const torch::Tensor& tokens) {
        return tokens.view({x.size(0), x.size(2), x.size(3), -1}).permute({0, 3, 1, 2});
    };
    auto h = norm(x);
    auto tokens = proj_in_conv ? to_tokens(proj_in_conv(h)) : proj_in_linear(to_tokens(h));
    for (const auto& block : *transformer_blocks) {
        tokens = block->as<TransformerBlockImpl>()->forward(tokens, context);
    }
    return x + (proj_out_conv ? proj_out_conv(to_map(tokens)) : to_map(proj_out_linear(tokens)));
}

}  // namespace unet
