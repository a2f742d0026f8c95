#pragma once

#include <torch/nn/module.h>
#include <torch/nn/pimpl.h>
#include <torch/types.h>

#include "unet/ops/layers.h"

namespace unet {

/// [cos(t f), sin(t f)] with f_i = 10000^(-i / (dim / 2)). t: any shape, flattened to [N];
/// returns float32 [N, dim]. dim is even.
torch::Tensor sinusoidal_embedding(const torch::Tensor& t, int64_t dim);

/// How a distilled network is told the guidance scale w that it acts by (Luo et al. 2023, latent
/// consistency models): [sin(1000 (w - 1) f), cos(...)] with f_i = 10000^(-i / (dim / 2 - 1)). w: any
/// shape, flattened to [N]; returns float32 [N, dim]. dim is even and at least 4.
torch::Tensor guidance_embedding(const torch::Tensor& w, int64_t dim);

/// Linear, SiLU, Linear: the time (or size) vector that every residual block reads.
class TimestepEmbeddingImpl : public torch::nn::Module {
public:
    /// condition: width of what is added to x through a layer of its own; 0: nothing.
    TimestepEmbeddingImpl(int64_t in, int64_t out, int64_t condition = 0);
    torch::Tensor forward(const torch::Tensor& x, const torch::Tensor& condition = {});

private:
    ops::Linear linear_1, linear_2;
    ops::Linear cond_proj{nullptr};
};
TORCH_MODULE(TimestepEmbedding);

}  // namespace unet
