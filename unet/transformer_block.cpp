#include "unet/transformer_block.h"

#include <torch/nn/modules/container/modulelist.h>
#include <torch/nn/modules/linear.h>

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

torch::Tensor TransformerBlockImpl::forward(torch::Tensor x, const torch::Tensor& context) {
    const auto normed = norm1(x);
    x = attn1->forward_add(normed, normed, x);
    x = attn2->forward_add(norm2(x), context, x);
    return ff->forward_add(norm3(x), x);
}

}  // namespace unet
