#include "unet/time_embedding.h"

#include <cmath>

namespace unet {

torch::Tensor sinusoidal_embedding(const torch::Tensor& t, int64_t dim) {
    const int64_t half = dim / 2;
    const auto options = torch::TensorOptions().dtype(torch::kFloat32).device(t.device());
    const auto frequency =
        torch::exp(torch::arange(half, options) * (-std::log(10000.0) / static_cast<double>(half)));
    const auto angle = t.reshape({-1, 1}).to(torch::kFloat32) * frequency;
    return torch::cat({torch::cos(angle), torch::sin(angle)}, 1);
}

torch::Tensor guidance_embedding(const torch::Tensor& w, int64_t dim) {
    const int64_t half = dim / 2;
    const auto options = torch::TensorOptions().dtype(torch::kFloat32).device(w.device());
    const auto frequency =
        torch::exp(torch::arange(half, options) * (-std::log(10000.0) / static_cast<double>(half - 1)));
    const auto angle = (w.reshape({-1, 1}).to(torch::kFloat32) - 1) * 1000 * frequency;
    return torch::cat({torch::sin(angle), torch::cos(angle)}, 1);
}

TimestepEmbeddingImpl::TimestepEmbeddingImpl(int64_t in, int64_t out, int64_t condition)
    : linear_1(register_module("linear_1", ops::Linear(in, out))),
      linear_2(register_module("linear_2", ops::Linear(out, out))) {
    if (condition > 0) cond_proj = register_module("cond_proj", ops::Linear(condition, in, false));
}

torch::Tensor TimestepEmbeddingImpl::forward(const torch::Tensor& x, const torch::Tensor& condition) {
    const auto in = condition.defined() && cond_proj ? x + cond_proj(condition) : x;
    return linear_2(torch::silu(linear_1(in)));
}

}  // namespace unet
