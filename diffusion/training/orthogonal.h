#pragma once

// The matrices' way of moving in Muon (Jordan et al. 2024): all directions of a gradient by as much.

#include <torch/types.h>

namespace diffusion::training {

/// Nearly U V^T of matrix = U S V^T, by five rounds of Jordan's quintic Newton-Schulz iteration: singular values
/// above a thousandth of the matrix's norm come out between 0.6 and 1.3, which is as good as 1 for a step's
/// direction. [m, n] of float32 in and out; multiplies in bfloat16 where asked.
torch::Tensor orthogonalised(const torch::Tensor& matrix, bool in_bfloat16);

/// Moves a weight of any shape [out, ...] along its gradient's orthogonalised momentum, which is updated. The step's
/// root mean square is rate / 5, about AdamW's, so that rates and weight decay mean the same (Liu et al. 2025).
void move_orthogonally(torch::Tensor& weight, const torch::Tensor& gradient, torch::Tensor& momentum, double rate,
                       double weight_decay, bool in_bfloat16);

}  // namespace diffusion::training
