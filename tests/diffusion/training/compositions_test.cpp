// Scenes of codes against the same scenes drawn as pixels and encoded.

#include "diffusion/training/compositions.h"

#include <gtest/gtest.h>
#include <torch/utils.h>

#include <filesystem>
#include <map>
#include <set>

#include <unistd.h>

#include "diffusion/checkpoint/safetensors.h"
#include "diffusion/training/layer.h"
#include "diffusion/training/patch_components.h"
#include "diffusion/training/pictures.h"

namespace diffusion::training {
namespace {

namespace fs = std::filesystem;

constexpr int64_t extent = 32, factor = 4, side = extent / factor;

vae::PatchConfig config_of(int64_t encoder_blocks) {
    vae::PatchConfig config;
    config.factor = config.detail_factor = factor;
    config.latent_channels = 3 * factor * factor;  // all of them: nothing is lost
    config.decoder_width = config.detail_width = 8;
    config.encoder_blocks = encoder_blocks;
    config.sample_size = extent;
    config.scaling_factor = 0.5;
    return config;
}

class CompositionsTest : public testing::Test {
protected:
    CompositionsTest()
        : file_(fs::temp_directory_path() / ("atelier_compositions_" + std::to_string(::getpid()))),
          cache_(file_.string() + ".safetensors"), autoencoder_(config_of(0)) {
        PackWriter writer(file_, extent, 1);
        writer.add(disc({200, 40, 20}), caption("flower"));
        writer.add(disc({20, 90, 220}), caption("shell"));
        auto photo = caption("photo");
        writer.add(Image{extent, extent, 3, std::vector<std::uint8_t>(extent * extent * 3, 90)}, photo);
        writer.finish();
        pack_ = std::make_unique<Pack>(file_);
        const std::vector<int64_t> all{0, 1, 2};
        bool is_read = false;
        autoencoder_->set_linear(principal_code(
            [&]() -> torch::Tensor {
                if (std::exchange(is_read, true)) return {};
                return cut_patches(load_pictures(*pack_, all) + 0.01 * torch::randn({3, 3, extent, extent}), factor);
            },
            3 * factor * factor));
    }
    ~CompositionsTest() override {
        fs::remove(file_);
        fs::remove(cache_);
    }

    /// A disc with soft edges and a hole right of its middle.
    static Image disc(std::array<std::uint8_t, 3> colour) {
        Image image{extent, extent, 4, {}};
        for (int i = 0; i < extent * extent; ++i) {
            const double x = i % extent - 15.5, y = double(i / extent) - 15.5;
            const double far = std::sqrt(x * x + y * y), hole = std::sqrt((x - 6) * (x - 6) + y * y);
            const double cover = std::clamp(13 - far, 0.0, 1.0) * std::clamp(hole - 3, 0.0, 1.0);
            image.pixels.insert(image.pixels.end(),
                                {colour[0], colour[1], colour[2], static_cast<std::uint8_t>(std::lround(255 * cover))});
        }
        return image;
    }

    static Caption caption(const char* label) {
        Caption caption;
        caption.file = caption.en = label;
        caption.group = "animals & nature";
        caption.style = "flat";
        return caption;
    }

    Example draw(const Composition& shares, std::uint64_t seed, int64_t index = 0) {
        const std::vector<int64_t> from{0, 1};
        const PromptMix prompts{.dropout = 0, .korean = 0, .style = 0, .tags = 0, .tag_only = 0, .article = 0};
        return Compositions(pack_->captions(), from, cached_layer_codes(cache_, *pack_, autoencoder_), shares)
            .draw(index, prompts, seed);
    }

    struct Thing {
        int64_t index, left, top, side;  // of pixels
    };

    /// Drawn as pixels, the colour taken from the scene's corner patch, and encoded.
    torch::Tensor drawn(const std::vector<Thing>& things, const torch::Tensor& latent) {
        auto layer = empty_layer(extent);
        for (const auto& thing : things) {
            const auto one = scaled(layer_of(pack_->layer(size_t(thing.index))), thing.side);
            layer.slice(1, thing.top, thing.top + thing.side).slice(2, thing.left, thing.left + thing.side).copy_(one);
        }
        const auto corner = autoencoder_->decode(latent.unsqueeze(0))[0].slice(1, 0, 1).slice(2, 0, 1);
        const auto pixels = layer.slice(0, 0, 3) + (corner - 1) * (1 - layer.slice(0, 3));
        return autoencoder_->encode(pixels.unsqueeze(0)).mean[0] * autoencoder_->config().scaling_factor;
    }

    static void expect_close(const torch::Tensor& found, const torch::Tensor& expected, const std::string& prompt) {
        ASSERT_EQ(found.sizes(), expected.sizes());
        const double power = expected.square().mean().sqrt().item<double>();
        EXPECT_LT((found - expected).abs().max().item<double>(), 0.02 * power) << prompt;  // codes are kept in 16 bits
    }

    torch::NoGradGuard no_grad_;
    fs::path file_, cache_;
    vae::PatchAutoencoder autoencoder_;
    std::unique_ptr<Pack> pack_;
};

TEST_F(CompositionsTest, LoneThingsLieOnTheColourThatThePromptNames) {
    std::set<std::string> prompts;
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        const auto found = draw({.share = 1, .pair = 0, .several = 0, .background = 0}, seed);
        ASSERT_TRUE(found.prompt.starts_with("flower on a")) << found.prompt;
        prompts.insert(found.prompt);
        expect_close(found.latent, drawn({{0, 0, 0, extent}}, found.latent), found.prompt);
        const auto pixel = (autoencoder_->decode(found.latent.unsqueeze(0))[0].select(1, 0).select(1, 0) + 1) * 127.5;
        for (const auto& background : backgrounds()) {
            if (!found.prompt.ends_with(std::string(" ") + background.en + " background")) continue;
            if (found.prompt.ends_with("sky blue background") != (std::string(background.en) == "sky blue")) continue;
            for (int64_t c = 0; c < 3; ++c) EXPECT_NEAR(pixel[c].item<float>(), background.rgb[size_t(c)], 14);
        }
    }
    EXPECT_GT(prompts.size(), 5U);
}

TEST_F(CompositionsTest, PairsStandBesideEachOther) {
    const int64_t half = extent / 2, quarter = extent / 4;
    for (const double background : {0.0, 1.0}) {
        for (std::uint64_t seed = 0; seed < 6; ++seed) {
            const auto found = draw({.share = 1, .pair = 1, .several = 0, .background = background}, seed);
            EXPECT_TRUE(found.prompt.starts_with("flower and shell") || found.prompt.starts_with("flower next to shell"));
            EXPECT_EQ(found.prompt.find("background") != std::string::npos, background > 0) << found.prompt;
            expect_close(found.latent, drawn({{0, 0, quarter, half}, {1, half, quarter, half}}, found.latent), found.prompt);
        }
    }
}

TEST_F(CompositionsTest, CountsStandAsOftenAsThePromptSays) {
    const int64_t half = extent / 2, quarter = extent / 4;
    const std::map<std::string, std::vector<Thing>> scenes{
        {"two flowers", {{0, 0, quarter, half}, {0, half, quarter, half}}},
        {"three flowers", {{0, quarter, 0, half}, {0, 0, half, half}, {0, half, half, half}}},
        {"four flowers", {{0, 0, 0, half}, {0, half, 0, half}, {0, 0, half, half}, {0, half, half, half}}}};
    std::set<std::string> prompts;
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        const auto found = draw({.share = 1, .pair = 0, .several = 1, .background = 0}, seed);
        prompts.insert(found.prompt);
        expect_close(found.latent, drawn(scenes.at(found.prompt), found.latent), found.prompt);
    }
    EXPECT_EQ(prompts.size(), 3U);
}

TEST_F(CompositionsTest, WhatFillsItsSquareStaysAsItIs) {
    const auto found = draw({.share = 1, .pair = 1, .several = 1, .background = 1}, 1, 2);
    EXPECT_FALSE(found.latent.defined());
    EXPECT_EQ(found.prompt, "photo");
}

TEST_F(CompositionsTest, DependOnTheSeedAlone) {
    const Composition shares{.share = 1, .pair = 0.4, .several = 0.4, .background = 0.5};
    std::set<std::string> prompts;
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        const auto one = draw(shares, seed), again = draw(shares, seed);
        EXPECT_TRUE(torch::equal(one.latent, again.latent));
        EXPECT_EQ(one.prompt, again.prompt);
        prompts.insert(one.prompt);
    }
    EXPECT_GT(prompts.size(), 8U);
}

TEST_F(CompositionsTest, CodesAreKeptUntilTheEncoderChanges) {
    const auto first = cached_layer_codes(cache_, *pack_, autoencoder_);
    const auto written = fs::last_write_time(cache_);
    const auto again = cached_layer_codes(cache_, *pack_, autoencoder_);
    EXPECT_EQ(fs::last_write_time(cache_), written);
    EXPECT_TRUE(torch::equal(first.halves, again.halves));
    autoencoder_->set_scaling_factor(1.0);
    const auto other = cached_layer_codes(cache_, *pack_, autoencoder_);
    EXPECT_TRUE(torch::allclose(other.white.to(torch::kFloat32), 2 * first.white.to(torch::kFloat32), 1e-2, 1e-3));
}

TEST(CanCompose, AsksForALinearEncoderAndQuartersOfWholePatches) {
    vae::PatchAutoencoder linear(config_of(0)), bent(config_of(1));
    EXPECT_TRUE(can_compose(linear, extent));
    EXPECT_FALSE(can_compose(linear, extent / 2 + factor * 2));
    EXPECT_FALSE(can_compose(bent, extent));
}

}  // namespace
}  // namespace diffusion::training
