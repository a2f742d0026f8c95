#pragma once

#include <torch/nn/module.h>
#include <torch/nn/modules/container/modulelist.h>
#include <torch/nn/pimpl.h>
#include <torch/types.h>

#include "unet/attention.h"
#include "unet/ops/layers.h"

namespace unet {

/// Linear to twice the inner width, half of it gating the other through GELU (Shazeer 2020, GEGLU).
class GegluImpl : public torch::nn::Module {
public:
    GegluImpl(int64_t in, int64_t out);
    torch::Tensor forward(const torch::Tensor& x);

private:
    ops::Linear proj;
};
TORCH_MODULE(Geglu);

class FeedForwardImpl : public torch::nn::Module {
public:
    explicit FeedForwardImpl(int64_t width);
    /// The result plus other.
    torch::Tensor forward_add(const torch::Tensor& x, const torch::Tensor& other);

private:
    torch::nn::ModuleList net;
};
TORCH_MODULE(FeedForward);

/// Self-attention, attention to the text, feed-forward; each behind a layer norm and added to its
/// input.
class TransformerBlockImpl : public torch::nn::Module {
public:
    TransformerBlockImpl(int64_t width, int64_t context_width, int64_t heads);

    /// x [B, T, width], context [B, S, context_width].
    torch::Tensor forward(torch::Tensor x, const torch::Tensor& context);

    /// Works on so many positions at a time, which takes less memory; 0: on all. Results differ by
    /// rounding only.
    void set_slice(int64_t positions) { slice_ = positions; }

private:
    torch::Tensor forward_sliced(torch::Tensor x, const torch::Tensor& context);

    int64_t slice_ = 0;
    ops::LayerNorm norm1, norm2, norm3;
    Attention attn1, attn2;
    FeedForward ff;
};
TORCH_MODULE(TransformerBlock);

}  // namespace unet
