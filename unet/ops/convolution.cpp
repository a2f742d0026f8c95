#include "unet/ops/convolution.h"

#include "unet/ops/bfloat16_products.h"
#include "unet/ops/onednn_impl.h"

namespace unet::ops {

namespace {

using PointwiseBinary = torch::Tensor(const torch::Tensor&, const torch::Tensor&, const torch::Tensor&,
                                      const std::optional<torch::Tensor>&, at::IntArrayRef, at::IntArrayRef,
                                      at::IntArrayRef, int64_t, std::string_view, std::optional<c10::Scalar>,
                                      std::optional<std::string_view>, Scalars,
                                      std::optional<std::string_view>);

const auto& pointwise_binary() {
    static const auto handle = find_onednn<PointwiseBinary>("mkldnn::_convolution_pointwise", "binary");
    return handle;
}

bool is_channels_last(const torch::Tensor& t) {
    return t.dim() == 4 && t.is_contiguous(torch::MemoryFormat::ChannelsLast);
}

/// A dimension of one element may have any stride, which oneDNN refuses: those of the layout itself.
torch::Tensor with_own_strides(const torch::Tensor& t) {
    const auto c = t.size(1), h = t.size(2), w = t.size(3);
    return t.as_strided(t.sizes(), {h * w * c, 1, w * c, c});
}

}  // namespace

torch::Tensor conv2d(const torch::Tensor& x, const torch::Tensor& weight, const torch::Tensor& bias,
                     int64_t stride, int64_t padding) {
    if (Bfloat16Products::are_on_for(x))
        return torch::conv2d(bfloat16_of(x), bfloat16_of(weight), bfloat16_of(bias), stride, padding).to(torch::kFloat32);
    return torch::conv2d(x, weight, bias, stride, padding);
}

torch::Tensor conv2d_add(const torch::Tensor& x, const torch::Tensor& weight, const torch::Tensor& bias,
                         int64_t stride, int64_t padding, const torch::Tensor& other) {
    // On a map of one pixel the layouts can't be told apart, and the operator fails.
    const bool is_fast = !Bfloat16Products::are_on_for(x) && x.numel() > x.size(0) * x.size(1) && is_plain_float(x) && is_plain_float(weight) && is_plain_float(bias) &&
                         is_plain_float(other) && is_channels_last(x) && is_channels_last(other) &&
                         pointwise_binary() && !needs_gradient(x, weight, bias, other);
    if (!is_fast) return conv2d(x, weight, bias, stride, padding) + other;
    return pointwise_binary()->call(with_own_strides(x), with_own_strides(other), weight, optional(bias), {padding, padding}, {stride, stride},
                                    {1, 1}, 1, "add", std::nullopt, std::nullopt, Scalars{}, std::nullopt);
}

}  // namespace unet::ops
