#include "unet/resample.h"

namespace unet {

DownsampleImpl::DownsampleImpl(int64_t channels, DownsamplePadding padding)
    : padding_(padding),
      conv(register_module("conv",
                           ops::Conv2d(channels, channels, 3, 2,
                                       padding == DownsamplePadding::all_around ? 1 : 0))) {}

torch::Tensor DownsampleImpl::forward(const torch::Tensor& x) {
    if (padding_ == DownsamplePadding::all_around) return conv(x);
    return conv(torch::constant_pad_nd(x, {0, 1, 0, 1}));
}

UpsampleImpl::UpsampleImpl(int64_t channels)
    : conv(register_module("conv", ops::conv3x3(channels, channels))) {}

torch::Tensor UpsampleImpl::forward(const torch::Tensor& x, int64_t height, int64_t width) {
    return conv(torch::upsample_nearest2d(x, {height, width}));
}

}  // namespace unet
