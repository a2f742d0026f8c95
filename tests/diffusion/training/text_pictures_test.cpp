#include "diffusion/training/text_pictures.h"

#include <gtest/gtest.h>
#include <torch/utils.h>

namespace diffusion::training {
namespace {

/// A map whose row r of the weight takes hidden number r.
void make_identity(TextPictures& pictures) {
    const torch::NoGradGuard no_grad;
    for (auto& value : pictures->parameters()) {
        value.zero_();
        if (value.dim() == 2) value.fill_diagonal_(1.0f);
    }
}

TEST(TextPictures, EveryLastPositionDrawsItsCell) {
    const torch::NoGradGuard no_grad;
    // 4 x 4 pixels of 2 channels by 6 positions: four cells of 2 x 2, whose eight numbers are 2 per pixel.
    TextPictures pictures(8, 6, 2, 4, 4);
    make_identity(pictures);
    const auto hidden = torch::arange(6 * 8, torch::kFloat32).view({1, 6, 8});
    const auto latent = pictures->forward(hidden);
    ASSERT_EQ(latent.sizes(), (std::vector<int64_t>{1, 2, 4, 4}));
    // Channel c, pixel (y, x) of the cell at position p: number 4 c + 2 y + x of the position.
    for (int64_t c = 0; c < 2; ++c) {
        for (int64_t y = 0; y < 4; ++y) {
            for (int64_t x = 0; x < 4; ++x) {
                const auto position = 2 + (y / 2) * 2 + x / 2;  // the first two of six draw nothing
                const auto number = 4 * c + 2 * (y % 2) + x % 2;
                EXPECT_EQ(latent[0][c][y][x].item<float>(), static_cast<float>(8 * position + number));
            }
        }
    }
}

TEST(TextPictures, RefuseWhatCannotBeCut) {
    EXPECT_THROW(TextPictures(8, 1, 2, 4, 4), c10::Error);   // not even one cell
    EXPECT_THROW(TextPictures(8, 6, 2, 6, 5), c10::Error);   // 2 x 2 doesn't divide 5
    EXPECT_NO_THROW(TextPictures(8, 24, 32, 8, 8));
}

}  // namespace
}  // namespace diffusion::training
