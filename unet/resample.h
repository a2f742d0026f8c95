#pragma once

#include <torch/nn/module.h>
#include <torch/nn/pimpl.h>
#include <torch/types.h>

#include "unet/ops/layers.h"

namespace unet {

/// Where the zeros of a stride-2 convolution go: all around (UNet), or right and below (autoencoder).
enum class DownsamplePadding { all_around, right_and_below };

/// Halves the extent by a 3x3 convolution of stride 2.
class DownsampleImpl : public torch::nn::Module {
public:
    DownsampleImpl(int64_t channels, DownsamplePadding padding);
    torch::Tensor forward(const torch::Tensor& x);

private:
    DownsamplePadding padding_;
    ops::Conv2d conv;
};
TORCH_MODULE(Downsample);

/// Nearest-neighbour enlargement, then a 3x3 convolution.
class UpsampleImpl : public torch::nn::Module {
public:
    explicit UpsampleImpl(int64_t channels);

    /// To height x width; for an odd skip connection that is one less than twice the extent of x.
    torch::Tensor forward(const torch::Tensor& x, int64_t height, int64_t width);
    torch::Tensor forward(const torch::Tensor& x) { return forward(x, 2 * x.size(2), 2 * x.size(3)); }

private:
    ops::Conv2d conv;
};
TORCH_MODULE(Upsample);

}  // namespace unet
