#pragma once

#include <torch/nn/module.h>
#include <torch/nn/pimpl.h>
#include <torch/types.h>

#include "unet/ops/layers.h"

namespace unet {

struct ResnetBlockOptions {
    int64_t in = 0;
    int64_t out = 0;
    int64_t time_dim = 0;  ///< width of the time vector; 0: none (autoencoders)
    int64_t groups = 32;
    double eps = 1e-5;  ///< 1e-6 in autoencoders
};

/// Two 3x3 convolutions with a skip (He et al. 2016, pre-activation), shifted by the time vector
/// between them.
class ResnetBlockImpl : public torch::nn::Module {
public:
    explicit ResnetBlockImpl(const ResnetBlockOptions& options);

    /// x [B, in, h, w]; time [B, time_dim], already through SiLU, undefined if time_dim is 0.
    torch::Tensor forward(const torch::Tensor& x, const torch::Tensor& time = {});

private:
    ops::GroupNorm norm1, norm2;
    ops::Conv2d conv1, conv2;
    ops::Linear time_emb_proj{nullptr};
    ops::Conv2d conv_shortcut{nullptr};
};
TORCH_MODULE(ResnetBlock);

}  // namespace unet
