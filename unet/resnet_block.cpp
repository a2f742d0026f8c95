#include "unet/resnet_block.h"

namespace unet {

ResnetBlockImpl::ResnetBlockImpl(const ResnetBlockOptions& o)
    : norm1(register_module("norm1", ops::GroupNorm(o.groups, o.in, o.eps))),
      norm2(register_module("norm2", ops::GroupNorm(o.groups, o.out, o.eps))),
      conv1(register_module("conv1", ops::conv3x3(o.in, o.out))),
      conv2(register_module("conv2", ops::conv3x3(o.out, o.out))) {
    if (o.time_dim > 0) {
        time_emb_proj = register_module("time_emb_proj", ops::Linear(o.time_dim, o.out));
    }
    if (o.in != o.out) conv_shortcut = register_module("conv_shortcut", ops::conv1x1(o.in, o.out));
}

torch::Tensor ResnetBlockImpl::forward(const torch::Tensor& x, const torch::Tensor& time) {
    const auto h = conv1(norm1->forward_silu(x));
    const auto shift = time_emb_proj ? time_emb_proj(time) : torch::Tensor{};
    return conv2->forward_add(norm2->forward_silu(h, shift), conv_shortcut ? conv_shortcut(x) : x);
}

}  // namespace unet
