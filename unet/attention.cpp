#include "unet/attention.h"

#include <torch/nn/modules/container/modulelist.h>

#include "unet/ops/attention.h"

namespace unet {

AttentionImpl::AttentionImpl(int64_t width, int64_t context_width, int64_t heads)
    : heads_(heads),
      to_q(register_module("to_q", ops::Linear(width, width, false))),
      to_k(register_module("to_k", ops::Linear(context_width, width, false))),
      to_v(register_module("to_v", ops::Linear(context_width, width, false))),
      to_out(register_module("to_out", torch::nn::ModuleList(ops::Linear(width, width)))) {}

torch::Tensor AttentionImpl::forward_add(const torch::Tensor& x, const torch::Tensor& context,
                                         const torch::Tensor& other) {
    const auto attended = ops::attention(to_q(x), to_k(context), to_v(context), heads_);
    return to_out->at<ops::LinearImpl>(0).forward_add(attended, other);
}

}  // namespace unet
