#include "unet/transformer_block.h"

#include <torch/nn/modules/container/modulelist.h>
#include <torch/nn/modules/linear.h>

#include <algorithm>
#include <utility>

namespace unet {

GegluImpl::GegluImpl(int64_t in, int64_t out)
    : proj(register_module("proj", ops::Linear(in, 2 * out))) {}

torch::Tensor GegluImpl::forward(const torch::Tensor& x) {
    return proj->forward_geglu(x);
}

FeedForwardImpl::FeedForwardImpl(int64_t width)
    // The identity stands where the reference has its dropout, so that the second linear is net.2.
    : net(register_module("net", torch::nn::ModuleList(Geglu(width, 4 * width),
                                                       torch::nn::Identity(),
                                                       ops::Linear(4 * width, width)))) {}

torch::Tensor FeedForwardImpl::forward_add(const torch::Tensor& x, const torch::Tensor& other) {
    return net->at<ops::LinearImpl>(2).forward_add(net->at<GegluImpl>(0).forward(x), other);
}

TransformerBlockImpl::TransformerBlockImpl(int64_t width, int64_t context_width, int64_t heads)
    : norm1(register_module("norm1", ops::LayerNorm(width))),
      norm2(register_module("norm2", ops::LayerNorm(width))),
      norm3(register_module("norm3", ops::LayerNorm(width))),
      attn1(register_module("attn1", Attention(width, width, heads))),
      attn2(register_module("attn2", Attention(width, context_width, heads))),
      ff(register_module("ff", FeedForward(width))) {}

torch::Tensor TransformerBlockImpl::forward_sliced(torch::Tensor x, const torch::Tensor& context) {
    {
        const auto normed = norm1(x);
        x = attn1->forward_add_sliced(normed, normed, x, slice_);
    }
    x = attn2->forward_add_sliced(norm2(x), context, x, slice_);
    auto out = torch::empty_like(x);
    for (int64_t begin = 0; begin < x.size(1); begin += slice_) {
        const auto rows = x.slice(1, begin, std::min(begin + slice_, x.size(1)));
        out.slice(1, begin, begin + rows.size(1)).copy_(ff->forward_add(norm3(rows), rows));
    }
    return out;
}

torch::Tensor TransformerBlockImpl::forward(torch::Tensor x, const torch::Tensor& context) {
    const bool learns = at::GradMode::is_enabled() && x.requires_grad();
    if (slice_ > 0 && slice_ < x.size(1) && !learns) return forward_sliced(std::move(x), context);
    const auto normed = norm1(x);
    x = attn1->forward_add(normed, normed, x);
    x = attn2->forward_add(norm2(x), context, x);
    return ff->forward_add(norm3(x), x);
}

}  // namespace unet
