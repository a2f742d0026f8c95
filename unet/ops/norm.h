#pragma once

// Group normalisation with the activation that follows it in every residual block.

#include <torch/types.h>

namespace unet::ops {

/// x [B, C, ...]; weight, bias [C].
torch::Tensor group_norm(const torch::Tensor& x, int64_t groups, const torch::Tensor& weight,
                         const torch::Tensor& bias, double eps);

/// silu(group_norm(x + offset)), offset [B, C] or undefined.
torch::Tensor group_norm_silu(const torch::Tensor& x, int64_t groups, const torch::Tensor& weight,
                              const torch::Tensor& bias, double eps, const torch::Tensor& offset = {});

}  // namespace unet::ops
