#include "unet/ops/norm.h"

namespace unet::ops {

torch::Tensor group_norm(const torch::Tensor& x, int64_t groups, const torch::Tensor& weight,
                         const torch::Tensor& bias, double eps) {
    return torch::group_norm(x, groups, weight, bias, eps);
}

torch::Tensor group_norm_silu(const torch::Tensor& x, int64_t groups, const torch::Tensor& weight,
                              const torch::Tensor& bias, double eps) {
    return torch::silu(group_norm(x, groups, weight, bias, eps));
}

}  // namespace unet::ops
