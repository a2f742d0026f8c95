#pragma once

#include <torch/nn/module.h>
#include <torch/nn/modules/container/modulelist.h>
#include <torch/nn/pimpl.h>
#include <torch/types.h>

#include "unet/ops/layers.h"

namespace unet {

/// Multi-head attention of x to a context (self-attention when the context is x itself).
class AttentionImpl : public torch::nn::Module {
public:
    /// width: channels of x and of the result; context_width: channels of what it looks at.
    AttentionImpl(int64_t width, int64_t context_width, int64_t heads);

    /// x [B, T, width], context [B, S, context_width] -> [B, T, width].
    /// The attended x, plus other (a residual path's).
    torch::Tensor forward_add(const torch::Tensor& x, const torch::Tensor& context,
                              const torch::Tensor& other);

    /// The same for so many positions of x at a time; differs by rounding only.
    torch::Tensor forward_add_sliced(const torch::Tensor& x, const torch::Tensor& context,
                                     const torch::Tensor& other, int64_t slice);

private:
    int64_t heads_;
    ops::Linear to_q, to_k, to_v;
    torch::nn::ModuleList to_out;
};
TORCH_MODULE(Attention);

}  // namespace unet
