#include "vae/tiled_codec.h"

#include <gtest/gtest.h>
#include <torch/utils.h>

#include "vae/autoencoder.h"
#include "vae/tiny_autoencoder.h"

namespace vae {
namespace {

double largest_difference(const torch::Tensor& a, const torch::Tensor& b) {
    return (a - b).abs().max().item<double>();
}

template <typename Codec, typename Config>
std::shared_ptr<LatentCodec> with_random_weights(const Config& config) {
    torch::manual_seed(5);
    Codec codec(config);
    const torch::NoGradGuard no_grad;
    for (auto& item : codec->named_parameters()) {
        auto p = item.value();
        const bool is_norm = item.key().find("norm") != std::string::npos;
        if (p.dim() > 1) p.normal_(0, 1 / std::sqrt(static_cast<double>(p.numel() / p.size(0))));
        else p.fill_(is_norm && item.key().ends_with("weight") ? 1.0 : 0.1);
    }
    codec->eval();
    return codec.ptr();
}

/// Convolutions only: nothing that a tile can't know but its surroundings.
std::shared_ptr<LatentCodec> convolutions() {
    TinyConfig config;
    config.encoder_width = config.decoder_width = 8;
    config.encoder_blocks = config.decoder_blocks = {1, 1, 1, 1};
    return with_random_weights<TinyAutoencoder>(config);
}

std::shared_ptr<LatentCodec> with_norms() {
    AutoencoderConfig config;
    config.block_out_channels = {16, 32, 32, 32};
    config.norm_groups = 8;
    return with_random_weights<Autoencoder>(config);
}

TEST(TiledCodec, WeightsOfEveryPositionHaveTheSumOne) {
    for (const int64_t size : {8, 9, 17, 64, 65, 100, 113, 150}) {
        for (const int64_t tile : {8, 16, 64}) {
            const auto row = tile_row(size, tile, 2);
            auto sum = torch::zeros({size * 2});
            for (size_t i = 0; i < row.begins.size(); ++i) {
                ASSERT_LE(row.begins[i] + row.tile, size);
                sum.slice(0, row.begins[i] * 2, (row.begins[i] + row.tile) * 2).add_(row.weights[i]);
            }
            EXPECT_LT(largest_difference(sum, torch::ones_like(sum)), 1e-6) << size << " by " << tile;
        }
    }
}

TEST(TiledCodec, APictureOfOneTileIsTheWholeOne) {
    const torch::InferenceMode inference;
    const auto whole = with_norms();
    TiledCodec tiles(whole, 16);
    const auto latent = torch::randn({1, 4, 16, 12});
    EXPECT_TRUE(torch::equal(tiles.decode(latent), whole->decode(latent)));
}

TEST(TiledCodec, ConvolutionsDecodeAndEncodeAsInOnePiece) {
    const torch::InferenceMode inference;
    const auto whole = convolutions();
    // What a tile doesn't know reaches 8 latent pixels far, a sixteenth of it.
    TiledCodec tiles(whole, 128);
    const auto latent = torch::randn({1, 4, 70, 160});
    const auto pixels = whole->decode(latent);
    EXPECT_LT(largest_difference(tiles.decode(latent), pixels), 2e-5);
    EXPECT_LT(largest_difference(tiles.encode(pixels).mean, whole->encode(pixels).mean), 2e-5);
}

TEST(TiledCodec, NormsOfATileDifferALittle) {
    const torch::InferenceMode inference;
    const auto whole = with_norms();
    TiledCodec tiles(whole, 64);
    const auto latent = torch::randn({1, 4, 64, 112});
    const auto pixels = whole->decode(latent);
    const auto difference = tiles.decode(latent) - pixels;
    // Two tiles, far from where they meet: what is left is the statistics of 7168 or 4096 positions.
    const auto share = [&](int64_t from, int64_t to) {
        return (difference.slice(3, from, to).norm() / pixels.slice(3, from, to).norm()).item<double>();
    };
    EXPECT_LT(share(0, 300), 0.1);
    EXPECT_LT(share(600, 896), 0.1);
    EXPECT_GT(share(0, 896), 0.0) << "in tiles";
}

}  // namespace
}  // namespace vae
