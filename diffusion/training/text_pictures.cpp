#include "diffusion/training/text_pictures.h"

#include <torch/utils.h>

namespace diffusion::training {

TextPicturesImpl::TextPicturesImpl(int64_t width, int64_t positions, int64_t channels, int64_t height,
                                   int64_t across)
    : channels_(channels), height_(height), across_(across) {
    const auto cells = [&] { return (height_ / cell_) * (across_ / cell_); };
    while (cells() * 4 > positions * 3) cell_ *= 2;
    TORCH_CHECK(cells() > 0 && height % cell_ == 0 && across % cell_ == 0, "TextPictures: a latent of ", height,
                " x ", across, " has no cells for ", positions, " positions");
    draw = register_module("draw", unet::ops::Linear(width, channels * cell_ * cell_));
}

torch::Tensor TextPicturesImpl::forward(const torch::Tensor& hidden) {
    const auto rows = height_ / cell_, columns = across_ / cell_;
    const auto cells = draw(hidden.slice(1, hidden.size(1) - rows * columns));
    return cells.view({-1, rows, columns, channels_, cell_, cell_})
        .permute({0, 3, 1, 4, 2, 5})
        .reshape({-1, channels_, height_, across_});
}

}  // namespace diffusion::training
