#pragma once

#include <torch/nn/module.h>
#include <torch/nn/modules/container/modulelist.h>
#include <torch/nn/pimpl.h>
#include <torch/types.h>

#include "unet/ops/layers.h"
#include "unet/transformer_block.h"

namespace unet {

struct SpatialTransformerOptions {
    int64_t channels = 0;
    int64_t depth = 1;
    int64_t heads = 8;
    int64_t context_width = 768;
    int64_t groups = 32;
    bool linear_projection = false;
};

/// A map as a row of tokens through transformer blocks and back, added to its input.
class SpatialTransformerImpl : public torch::nn::Module {
public:
    explicit SpatialTransformerImpl(const SpatialTransformerOptions& options);

    /// x [B, channels, h, w], context [B, S, context_width].
    torch::Tensor forward(const torch::Tensor& x, const torch::Tensor& context);

private:
    ops::GroupNorm norm;
    ops::Linear proj_in_linear{nullptr}, proj_out_linear{nullptr};
    ops::Conv2d proj_in_conv{nullptr}, proj_out_conv{nullptr};
    torch::nn::ModuleList transformer_blocks;
};
TORCH_MODULE(SpatialTransformer);

}  // namespace unet
