#include "diffusion/sampling/guidance.h"

namespace diffusion::sampling {

namespace {

/// Standard deviation of each picture, shaped so that it multiplies the batch.
torch::Tensor deviation(const torch::Tensor& batch) {
    std::vector<int64_t> dims;
    for (int64_t dim = 1; dim < batch.dim(); ++dim) dims.push_back(dim);
    return batch.std(dims, /*unbiased=*/true, /*keepdim=*/true);
}

}  // namespace

torch::Tensor guided(const torch::Tensor& conditional, const torch::Tensor& unconditional,
                     double scale) {
    TORCH_CHECK(conditional.sizes() == unconditional.sizes(), "guidance: conditional is ",
                conditional.sizes(), ", unconditional is ", unconditional.sizes());
    return unconditional + (conditional - unconditional) * scale;
}

torch::Tensor joined(const std::vector<torch::Tensor>& parts, const std::vector<double>& weights,
                     const torch::Tensor& unconditional) {
    TORCH_CHECK(parts.size() == weights.size(), "guidance: ", parts.size(), " predictions but ",
                weights.size(), " weights");
    auto sum = unconditional;
    for (size_t i = 0; i < parts.size(); ++i) sum = sum + (parts[i] - unconditional) * weights[i];
    return sum;
}

torch::Tensor rescaled(const torch::Tensor& guided_prediction, const torch::Tensor& conditional,
                       double rescale) {
    const auto factor = deviation(conditional) / deviation(guided_prediction);
    return guided_prediction * (factor * rescale + (1.0 - rescale));
}

}  // namespace diffusion::sampling
