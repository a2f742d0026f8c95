#include "diffusion/training/layer.h"

#include <torch/utils.h>

#include "diffusion/training/pictures.h"

namespace diffusion::training {

torch::Tensor layer_of(const Image& image) {
    const auto bytes = to_tensor(image);
    auto cover = (bytes.slice(0, 3) + 1) / 2;
    return torch::cat({bytes.slice(0, 0, 3), cover});
}

torch::Tensor empty_layer(int64_t extent) {
    auto layer = torch::ones({4, extent, extent});
    layer[3].zero_();
    return layer;
}

bool is_cut_out(const torch::Tensor& layer) { return layer[3].mean().item<double>() < 0.95; }

torch::Tensor scaled(const torch::Tensor& layer, int64_t side) {
    if (layer.size(1) == side) return layer;
    return at::_upsample_bilinear2d_aa(layer.unsqueeze(0), {side, side}, /*align_corners=*/false)[0];
}

}  // namespace diffusion::training
