#pragma once

// Matrix products of layers on the CPU, by oneDNN. What torch::linear calls there is tuned for another
// vendor's processors and leaves AVX-512 idle on the rest: oneDNN is up to 2.3 times as fast, and can do
// what follows a product while its result is still in the cache. Other devices and types, and machines
// whose LibTorch lacks oneDNN, take the plain way; results differ by rounding only.

#include <torch/types.h>

namespace unet::ops {

/// x W^T + b: x [..., in], weight [out, in], bias [out] or undefined. Differentiable.
torch::Tensor linear(const torch::Tensor& x, const torch::Tensor& weight, const torch::Tensor& bias);

/// linear + other, of the result's shape.
torch::Tensor linear_add(const torch::Tensor& x, const torch::Tensor& weight, const torch::Tensor& bias,
                         const torch::Tensor& other);

/// (x A^T + a) * gelu(x B^T + b), where weight is A above B, and bias a before b (Shazeer 2020).
torch::Tensor linear_geglu(const torch::Tensor& x, const torch::Tensor& weight, const torch::Tensor& bias);

}  // namespace unet::ops
