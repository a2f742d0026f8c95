#include "unet/ops/attention.h"

#include "unet/ops/attention_cpu.h"

namespace unet::ops {

namespace {

torch::Tensor split_heads(const torch::Tensor& x, int64_t heads) {
    return x.view({x.size(0), x.size(1), heads, x.size(2) / heads}).transpose(1, 2);
}

}  // namespace

torch::Tensor attention(const torch::Tensor& q, const torch::Tensor& k, const torch::Tensor& v,
                        int64_t heads, bool is_causal) {
    TORCH_CHECK(q.size(2) % heads == 0 && k.size(2) == q.size(2) && v.sizes() == k.sizes(),
                "attention: q ", q.sizes(), ", k ", k.sizes(), ", v ", v.sizes(), ", heads ", heads);
    if (!is_causal && has_cpu_attention(q, k, v) && is_faster_on_cpu(q, k)) return cpu_attention(q, k, v, heads);
    const auto out = torch::scaled_dot_product_attention(split_heads(q, heads), split_heads(k, heads),
                                                         split_heads(v, heads), {}, 0.0, is_causal);
    return out.transpose(1, 2).reshape(q.sizes());
}

}  // namespace unet::ops
