#include "unet/attention.h"

#include <algorithm>

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

torch::Tensor AttentionImpl::forward_add_sliced(const torch::Tensor& x, const torch::Tensor& context,
                                                const torch::Tensor& other, int64_t slice) {
    const auto k = to_k(context);
    const auto v = to_v(context);
    auto out = torch::empty_like(other);
    for (int64_t begin = 0; begin < x.size(1); begin += slice) {
        const auto end = std::min(begin + slice, x.size(1));
        const auto attended = ops::attention(to_q(x.slice(1, begin, end)), k, v, heads_);
        out.slice(1, begin, end).copy_(
            to_out->at<ops::LinearImpl>(0).forward_add(attended, other.slice(1, begin, end)));
    }
    return out;
}

}  // namespace unet
