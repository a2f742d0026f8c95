#pragma once

// The one scaled-dot-product entry of the three networks.

#include <torch/types.h>

namespace unet::ops {

/// softmax(Q K^T / sqrt(d)) V per head (Vaswani et al. 2017, eq. 1).
/// q [B, T, heads * d], k and v [B, S, heads * d]; returns [B, T, heads * d].
/// is_causal: token t sees tokens 0 ... t only.
torch::Tensor attention(const torch::Tensor& q, const torch::Tensor& k, const torch::Tensor& v,
                        int64_t heads, bool is_causal = false);

}  // namespace unet::ops
