#include "diffusion/training/orthogonal.h"

#include <torch/utils.h>

#include <algorithm>
#include <cmath>

namespace diffusion::training {

torch::Tensor orthogonalised(const torch::Tensor& matrix, bool in_bfloat16) {
    // Fast growth of small singular values matters more than where they end (Jordan's numbers).
    constexpr double a = 3.4445, b = -4.7750, c = 2.0315;
    const bool is_tall = matrix.size(0) > matrix.size(1);
    auto x = is_tall ? matrix.t() : matrix;
    x = x / x.norm().clamp_min(1e-12);
    if (in_bfloat16) x = x.to(torch::kBFloat16);
    for (int round = 0; round < 5; ++round) {
        const auto square = x.mm(x.t());
        x = torch::addmm(x, torch::addmm(square, square, square, b, c), x, a);
    }
    x = x.to(matrix.dtype());
    return is_tall ? x.t() : x;
}

void move_orthogonally(torch::Tensor& weight, const torch::Tensor& gradient, torch::Tensor& momentum, double rate,
                       double weight_decay, bool in_bfloat16) {
    constexpr double memory = 0.95;
    momentum.lerp_(gradient, 1 - memory);
    const auto ahead = gradient.lerp(momentum, memory).flatten(1);  // Nesterov's
    const double scale = 0.2 * std::sqrt(double(std::max(ahead.size(0), ahead.size(1))));
    weight.mul_(1 - rate * weight_decay);
    weight.sub_(orthogonalised(ahead, in_bfloat16).view_as(weight), rate * scale);
}

}  // namespace diffusion::training
