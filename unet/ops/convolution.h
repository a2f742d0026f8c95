#pragma once

// Convolutions of layers with what follows them, done by oneDNN on the CPU while the result is still in
// the cache. Other devices and types take the plain way; results differ by rounding only.

#include <torch/types.h>

namespace unet::ops {

/// x [B, in, h, w], weight [out, in, kh, kw], bias [out] or undefined; zero padding on all four sides.
torch::Tensor conv2d(const torch::Tensor& x, const torch::Tensor& weight, const torch::Tensor& bias,
                     int64_t stride, int64_t padding);

/// conv2d + other, of the result's shape.
torch::Tensor conv2d_add(const torch::Tensor& x, const torch::Tensor& weight, const torch::Tensor& bias,
                         int64_t stride, int64_t padding, const torch::Tensor& other);

}  // namespace unet::ops
