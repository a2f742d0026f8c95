#include "diffusion/pipeline/picture.h"

namespace diffusion::pipeline {

torch::Tensor to_bytes(const torch::Tensor& pixels) {
    const auto unit = (pixels.detach().to(torch::kFloat32) / 2 + 0.5).clamp(0, 1);
    return (unit * 255).round().to(torch::kUInt8).permute({0, 2, 3, 1}).to(torch::kCPU).contiguous();
}

Image image_of(const torch::Tensor& bytes, int64_t index) {
    TORCH_CHECK(bytes.dim() == 4 && bytes.size(3) == 3 && bytes.scalar_type() == torch::kUInt8,
                "image_of: expected uint8 [B, H, W, 3], found ", bytes.sizes());
    const auto picture = bytes[index].contiguous();
    const auto* first = picture.data_ptr<std::uint8_t>();
    Image image;
    image.height = static_cast<int>(picture.size(0));
    image.width = static_cast<int>(picture.size(1));
    image.pixels.assign(first, first + picture.numel());
    return image;
}

}  // namespace diffusion::pipeline
