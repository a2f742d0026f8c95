#include "diffusion/pipeline/latents.h"

#include <algorithm>
#include <cmath>

#include "unet/ops/layers.h"

namespace diffusion::pipeline {

namespace {

/// [1, channels, H, W] in 0 ... 1.
torch::Tensor planes(const Image& image) {
    const auto bytes = torch::tensor(at::ArrayRef<std::uint8_t>(image.pixels), torch::kUInt8);
    return bytes.view({1, image.height, image.width, image.channels})
               .permute({0, 3, 1, 2})
               .to(torch::kFloat32) / 255;
}

/// Opacity of each pixel; undefined where all are opaque.
torch::Tensor opacity(const torch::Tensor& picture) {
    if (picture.size(1) < 4) return {};
    const auto alpha = picture.slice(1, 3, 4);
    return (alpha < 1).any().item<bool>() ? alpha : torch::Tensor();
}

torch::Tensor scaled_to_cover(const torch::Tensor& picture, const Extent& extent) {
    const auto scale = std::max(static_cast<double>(extent.width) / double(picture.size(3)),
                                static_cast<double>(extent.height) / double(picture.size(2)));
    if (scale == 1.0) return picture;
    const auto scaled = [&](int64_t size, int least) {
        return std::max<int64_t>(std::llround(double(size) * scale), least);
    };
    return at::_upsample_bicubic2d_aa(picture,
                                      {scaled(picture.size(2), extent.height),
                                       scaled(picture.size(3), extent.width)},
                                      false)
        .clamp(0, 1);
}

torch::Tensor on_canvas(const torch::Tensor& picture, const Extent& extent, int64_t factor) {
    const auto covering = scaled_to_cover(picture, extent);
    const auto top = (covering.size(2) - extent.height) / 2;
    const auto left = (covering.size(3) - extent.width) / 2;
    const auto fitted = covering.slice(2, top, top + extent.height).slice(3, left, left + extent.width);
    // The finished picture is cut from the same place.
    const auto more_rows = extent.latent_height * factor - extent.height;
    const auto more_columns = extent.latent_width * factor - extent.width;
    if (more_rows == 0 && more_columns == 0) return fitted.contiguous();
    return at::replication_pad2d(fitted, {more_columns / 2, more_columns - more_columns / 2,
                                          more_rows / 2, more_rows - more_rows / 2});
}

}  // namespace

torch::Tensor pixels_of(const Image& picture, const Extent& extent, std::int64_t factor) {
    const auto all = planes(picture);
    auto colours = all.slice(1, 0, 3);
    if (const auto alpha = opacity(all); alpha.defined()) colours = colours * alpha + (1 - alpha);
    return on_canvas(colours, extent, factor) * 2 - 1;
}

torch::Tensor mask_of(const Image& mask, const Extent& extent, std::int64_t factor) {
    const auto all = planes(mask);
    const auto alpha = opacity(all);
    // ITU-R 601-2, as most programs turn colours into grey.
    const auto weights = torch::tensor({0.299f, 0.587f, 0.114f}).view({1, 3, 1, 1});
    const auto grey = (all.slice(1, 0, 3) * weights).sum(1, true);
    return on_canvas(alpha.defined() ? alpha : grey, extent, factor);
}

torch::Tensor blurred(const torch::Tensor& mask, double deviation) {
    const auto wanted = static_cast<int64_t>(2.5 * deviation + 0.5);
    // A mirrored border can't be wider than the picture behind it.
    const auto radius = std::min({wanted, mask.size(2) - 1, mask.size(3) - 1});
    if (radius < 1) return mask;
    const auto offsets = torch::arange(-radius, radius + 1, torch::kFloat32);
    auto kernel = torch::exp(-offsets * offsets / (2 * deviation * deviation));
    kernel = (kernel / kernel.sum()).to(mask.device());
    const auto bordered = at::reflection_pad2d(mask, {radius, radius, radius, radius});
    return at::conv2d(at::conv2d(bordered, kernel.view({1, 1, 1, -1})), kernel.view({1, 1, -1, 1}));
}

torch::Tensor corner_mask(const torch::Tensor& mask, std::int64_t factor) {
    const auto binary = (mask >= 0.5).to(torch::kFloat32);
    return binary.slice(2, 0, mask.size(2), factor).slice(3, 0, mask.size(3), factor).contiguous();
}

torch::Tensor mean_mask(const torch::Tensor& mask, std::int64_t factor) {
    return at::_upsample_bicubic2d_aa(mask, {mask.size(2) / factor, mask.size(3) / factor}, false)
        .clamp(0, 1)
        .round();
}

vae::Moments encode_pixels(vae::LatentCodec& codec, const torch::Tensor& pixels) {
    const auto device = codec.parameters().front().device();
    const auto moments = codec.encode(pixels.to(device, unet::ops::compute_type(codec)));
    return {moments.mean.to(torch::kFloat32), moments.logvar.to(torch::kFloat32)};
}

torch::Tensor draw_latent(const vae::Moments& moments, const torch::Tensor& noise,
                          const vae::LatentSpace& space) {
    const auto deviation = torch::exp(moments.logvar * 0.5);
    return (moments.mean + deviation * noise.to(moments.mean.device())) * space.scaling_factor;
}

torch::Tensor with_hole(const torch::Tensor& pixels, const torch::Tensor& mask) {
    return pixels * (mask < 0.5).to(pixels.scalar_type());
}

torch::Tensor inpaint_channels(const torch::Tensor& corner_mask, const torch::Tensor& masked_latent) {
    auto shape = masked_latent.sizes().vec();
    shape[1] = 1;
    return torch::cat({corner_mask.expand(shape), masked_latent}, 1);
}

}  // namespace diffusion::pipeline
