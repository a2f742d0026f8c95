#include "diffusion/training/patch_components.h"

#include <torch/utils.h>
#include <gtest/gtest.h>

namespace diffusion::training {
namespace {

TEST(PatchComponents, CutsPicturesRowByRow) {
    const auto picture = torch::arange(2 * 4 * 6, torch::kFloat32).view({1, 2, 4, 6});
    const auto patches = cut_patches(picture, 2);
    EXPECT_EQ(patches.sizes(), torch::IntArrayRef({6, 2, 2, 2}));
    EXPECT_TRUE(torch::equal(patches[1], picture[0].slice(1, 0, 2).slice(2, 2, 4)));
    EXPECT_TRUE(torch::equal(patches[3], picture[0].slice(1, 2, 4).slice(2, 0, 2)));
}

TEST(PatchComponents, FindTheDirectionsThatPatchesWereMadeOf) {
    torch::manual_seed(3);
    const auto basis = std::get<0>(torch::linalg_qr(torch::randn({12, 2})));
    const auto strength = torch::tensor({4.0f, 1.0f});
    const auto rows = torch::mm(torch::randn({4000, 2}) * strength, basis.t());
    const auto patches = rows.view({4000, 3, 2, 2}) + 0.25;
    auto parts = patches.split(1000);
    size_t next = 0;
    const auto code = principal_code(
        [&] { return next < parts.size() ? parts[next++] : torch::Tensor(); }, 2);
    EXPECT_TRUE(torch::allclose(code.mean, torch::full({3}, 0.25f), 0, 0.1));
    const auto overlap = torch::mm(code.basis, basis).abs();
    EXPECT_TRUE(torch::allclose(overlap, torch::eye(2), 0, 0.05));
    // Gain 1 / sqrt(deviation): half a whitening.
    EXPECT_TRUE(torch::allclose(code.gain, strength.pow(-0.5), 0.05, 0));
}

TEST(PatchComponents, BringPicturesOfFewDirectionsThroughTheAutoencoderUnchanged) {
    torch::NoGradGuard no_grad;
    torch::manual_seed(4);
    vae::PatchConfig config;
    config.latent_channels = 5;
    config.factor = config.detail_factor = 4;
    config.decoder_width = config.detail_width = 4;
    const auto basis = torch::randn({4, 48});
    const auto patches = (torch::mm(torch::randn({300, 4}), basis) * 0.1).view({300, 3, 4, 4});
    bool given = false;
    vae::PatchAutoencoder net(config);
    net->set_linear(principal_code([&] { return std::exchange(given, true) ? torch::Tensor() : patches; }, 5));
    const auto back = net->decode(net->encode(patches).mean);
    EXPECT_LT((back - patches).abs().max().item<double>(), 1e-3);
}

}  // namespace
}  // namespace diffusion::training
