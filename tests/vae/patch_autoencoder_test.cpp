#include "vae/patch_autoencoder.h"

#include <torch/utils.h>
#include <gtest/gtest.h>

namespace vae {
namespace {

PatchConfig tiny() {
    PatchConfig config;
    config.latent_channels = 6;
    config.factor = 8;
    config.detail_factor = 2;
    config.encoder_width = 4;
    config.encoder_blocks = 1;
    config.decoder_width = 8;
    config.detail_width = 4;
    return config;
}

LinearCode some_code(const PatchConfig& config) {
    const auto numbers = config.in_channels * config.factor * config.factor;
    auto generator = at::detail::createCPUGenerator(5);
    const auto random = torch::randn({numbers, config.latent_channels}, generator);
    LinearCode code;
    code.mean = torch::tensor({0.5f, 0.1f, -0.3f});
    code.basis = std::get<0>(torch::linalg_qr(random)).t().contiguous();
    code.gain = torch::linspace(0.5, 2.0, config.latent_channels);
    return code;
}

PatchAutoencoder linear(const PatchConfig& config) {
    torch::manual_seed(1);
    PatchAutoencoder net(config);
    net->set_linear(some_code(config));
    return net;
}

/// 2 x 3 patches, each the mean colour plus a mixture of the code's rows.
torch::Tensor picture_in_span(const PatchConfig& config) {
    const auto code = some_code(config);
    const auto f = config.factor;
    const auto patches = torch::mm(torch::randn({6, config.latent_channels}), code.basis)
                             .view({2, 3, 3, f, f}) + code.mean.view({1, 1, 3, 1, 1});
    return patches.permute({2, 0, 3, 1, 4}).reshape({1, 3, 2 * f, 3 * f});
}

TEST(PatchAutoencoder, IsExactForPicturesInTheSpanOfItsCode) {
    torch::NoGradGuard no_grad;
    auto net = linear(tiny());
    const auto picture = picture_in_span(tiny());
    const auto moments = net->encode(picture);
    EXPECT_EQ(moments.mean.sizes(), torch::IntArrayRef({1, 6, 2, 3}));
    EXPECT_LT((net->decode(moments.mean) - picture).abs().max().item<double>(), 2e-5);
}

TEST(PatchAutoencoder, CodesAPictureByGainTimesBasis) {
    torch::NoGradGuard no_grad;
    auto net = linear(tiny());
    const auto code = some_code(tiny());
    const auto patch = torch::rand({1, 3, 8, 8});
    const auto centred = (patch - code.mean.view({1, 3, 1, 1})).flatten();
    const auto expected = code.gain * torch::mv(code.basis, centred);
    EXPECT_TRUE(torch::allclose(net->encode(patch).mean.flatten(), expected, 1e-4, 1e-5));
}

TEST(PatchAutoencoder, ResidualPartsBeginAsTheIdentity) {
    torch::NoGradGuard no_grad;
    auto net = linear(tiny());
    const auto picture = torch::rand({2, 3, 16, 24});
    const auto code = net->encode(picture).mean;
    EXPECT_TRUE(torch::equal(code, net->encoder->patch(picture)));
    EXPECT_TRUE(torch::equal(net->decode(code), net->decoder->patch(code)));
    const auto x = torch::randn({1, 5, 4, 4});
    EXPECT_TRUE(torch::equal(PatchResidual(5)->forward(x), x));
}

TEST(PatchAutoencoder, GradientsReachTheResidualParts) {
    auto net = linear(tiny());
    const auto picture = torch::rand({1, 3, 16, 16});
    torch::mse_loss(net->decode(net->encode(picture).mean), picture).backward();
    for (const auto* name : {"encoder.conv_out.weight", "decoder.conv_out.weight"}) {
        EXPECT_GT(net->named_parameters()[name].grad().abs().sum().item<double>(), 0) << name;
    }
}

TEST(PatchAutoencoder, ScalesLatentsAndBack) {
    torch::NoGradGuard no_grad;
    auto net = linear(tiny());
    const auto code = net->encode(torch::rand({1, 3, 8, 8})).mean;
    const auto unscaled = net->decode(code);
    net->set_scaling_factor(4.0);
    EXPECT_EQ(net->space().scaling_factor, 4.0);
    EXPECT_TRUE(torch::allclose(net->decode(code * 4.0), unscaled, 1e-5, 1e-6));
}

TEST(PatchAutoencoder, PreviewIsTheLinearPictureAtAQuarterOfTheSize) {
    torch::NoGradGuard no_grad;
    auto net = linear(tiny());
    const auto picture = picture_in_span(tiny()).clamp(-1, 1);
    const auto code = net->encode(picture).mean;
    const auto preview = net->preview(code);
    EXPECT_EQ(preview.sizes(), torch::IntArrayRef({1, 4, 6, 3}));
    const auto small = torch::avg_pool2d(net->decode(code), 4);
    const auto expected = ((small + 1) * 127.5).clamp(0, 255).permute({0, 2, 3, 1});
    EXPECT_LE((preview.to(torch::kFloat32) - expected).abs().max().item<float>(), 0.501F);  // rounded
}

TEST(PatchAutoencoder, RefusesShapesThatDoNotFit) {
    auto net = linear(tiny());
    EXPECT_THROW(net->encode(torch::rand({1, 3, 12, 16})), c10::Error);
    EXPECT_THROW(net->decode(torch::rand({1, 5, 2, 2})), c10::Error);
    auto config = tiny();
    config.detail_factor = 3;
    EXPECT_THROW(PatchAutoencoder{config}, c10::Error);
}

}  // namespace
}  // namespace vae
