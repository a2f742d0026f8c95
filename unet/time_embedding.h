#pragma once

#include <torch/nn/module.h>
#include <torch/nn/pimpl.h>
#include <torch/types.h>

#include "unet/ops/layers.h"

namespace unet {

/// [cos(t f), sin(t f)] with f_i = 10000^(-i / (dim / 2)). t: any shape, flattened to [N];
/// returns float32 [N, dim]. dim is even.
torch::Tensor sinusoidal_embedding(const torch::Tensor& t, int64_t dim);

/// Linear, SiLU, Linear: the time (or size) vector that every residual block reads.
class TimestepEmbeddingImpl : public torch::nn::Module {
public:
    TimestepEmbeddingImpl(int64_t in, int64_t out);
    torch::Tensor forward(const torch::Tensor& x);

private:
    ops::Linear linear_1, linear_2;
};
TORCH_MODULE(TimestepEmbedding);

}  // namespace unet
