#include "vae/latent_preview.h"

#include <algorithm>

namespace vae {

torch::Tensor LatentCodec::preview(const torch::Tensor& latent) {
    return latent_preview(latent, space());
}

torch::Tensor latent_preview(const torch::Tensor& latent, const LatentSpace& space) {
    const auto channels = latent.size(1);
    auto matrix = torch::zeros({channels + 1, 3}, torch::kFloat32);
    if (static_cast<int64_t>(space.preview_matrix.size()) == channels + 1) {
        for (int64_t c = 0; c <= channels; ++c) {
            for (int64_t i = 0; i < 3; ++i) {
                matrix[c][i] = space.preview_matrix[static_cast<size_t>(c)][static_cast<size_t>(i)];
            }
        }
    } else {
        for (int64_t i = 0; i < 3; ++i) matrix[std::min(i, channels - 1)][i] = 0.5;
    }
    const auto x = latent.to(torch::kCPU, torch::kFloat32).permute({0, 2, 3, 1});
    const auto rgb = torch::matmul(x, matrix.slice(0, 0, channels)) + matrix[channels];
    return preview_bytes(rgb.permute({0, 3, 1, 2}));
}

torch::Tensor preview_bytes(const torch::Tensor& pixels) {
    return ((pixels.to(torch::kCPU, torch::kFloat32) + 1) * 127.5)
        .round()
        .clamp(0, 255)
        .to(torch::kUInt8)
        .permute({0, 2, 3, 1})
        .contiguous();
}

}  // namespace vae
