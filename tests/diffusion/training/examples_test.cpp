#include "diffusion/training/examples.h"

#include <gtest/gtest.h>
#include <torch/utils.h>

#include <filesystem>
#include <set>

#include <unistd.h>

#include "diffusion/training/pictures.h"
#include "diffusion/training/seeds.h"

namespace diffusion::training {
namespace {

namespace fs = std::filesystem;

constexpr int extent = 64;

/// Two stickers of 32 pixels: left half red and right half green, or blue, both with nothing around.
class ExamplesTest : public testing::Test {
protected:
    ExamplesTest() : file_(fs::temp_directory_path() / ("atelier_examples_" + std::to_string(::getpid()))) {
        PackWriter writer(file_, extent, 1);
        writer.add(sticker({255, 0, 0}, {0, 255, 0}), caption("flower"));
        writer.add(sticker({0, 0, 255}, {0, 0, 255}), caption("sea"));
        auto photo = caption("photo");
        photo.style = "photo";
        writer.add(Image{extent, extent, 3, std::vector<std::uint8_t>(extent * extent * 3, 90)}, photo);
        writer.finish();
        pack_ = std::make_unique<Pack>(file_);
    }

    ~ExamplesTest() override { fs::remove(file_); }

    static Image sticker(std::array<std::uint8_t, 3> left, std::array<std::uint8_t, 3> right) {
        Image image{32, 32, 4, {}};
        for (int i = 0; i < 32 * 32; ++i) {
            const auto& colour = i % 32 < 16 ? left : right;
            image.pixels.insert(image.pixels.end(), {colour[0], colour[1], colour[2], 255});
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

    Example draw(const Augmentation& augmentation, std::uint64_t seed) const {
        const std::vector<int64_t> from{0, 1};
        const PromptMix prompts{.dropout = 0, .korean = 0, .style = 0, .tags = 0, .tag_only = 0, .article = 0};
        return Examples(*pack_, from, augmentation).draw(0, prompts, seed);
    }

    fs::path file_;
    std::unique_ptr<Pack> pack_;
};

/// Pixels that are nearly this colour, -1 ... 1.
torch::Tensor mask_of(const torch::Tensor& pixels, std::vector<float> colour) {
    return (pixels - torch::tensor(colour).view({3, 1, 1})).abs().amax(0) < 0.3;
}

int64_t count_of(const torch::Tensor& pixels, std::vector<float> colour) {
    return mask_of(pixels, std::move(colour)).sum().item<int64_t>();
}

double centre_of(const torch::Tensor& mask, int64_t dim) {
    return mask.nonzero().select(1, dim).to(torch::kFloat64).mean().item<double>();
}

const std::vector<float> red{1, -1, -1}, green{-1, 1, -1}, blue{-1, -1, 1}, white{1, 1, 1};

TEST_F(ExamplesTest, ArePlainWhereNothingIsAskedFor) {
    const auto example = draw({.share = 0, .mirrored = 1, .background = 1, .pair = 1, .several = 0, .least_scale = 0.5}, 1);
    EXPECT_FALSE(example.pixels.defined());
    EXPECT_EQ(example.prompt, "flower");
}

TEST_F(ExamplesTest, DependOnTheSeedAlone) {
    const Augmentation all{.share = 1, .mirrored = 0.5, .background = 0.5, .pair = 0.5, .several = 0, .least_scale = 0.5};
    std::set<std::string> prompts;
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        const auto one = draw(all, seed), again = draw(all, seed);
        EXPECT_TRUE(torch::equal(one.pixels, again.pixels));
        EXPECT_EQ(one.prompt, again.prompt);
        prompts.insert(one.prompt);
    }
    EXPECT_GT(prompts.size(), 5U);
}

TEST_F(ExamplesTest, ShrinkAndMoveOnWhite) {
    std::set<int64_t> sizes, places;
    for (std::uint64_t seed = 0; seed < 30; ++seed) {
        const auto pixels =
            draw({.share = 1, .mirrored = 0, .background = 0, .pair = 0, .several = 0, .least_scale = 0.5}, seed).pixels;
        ASSERT_EQ(pixels.sizes(), torch::IntArrayRef({3, extent, extent}));
        const auto shown = ~mask_of(pixels, white);
        const auto area = shown.sum().item<int64_t>();
        EXPECT_GE(area, 16 * 16 - 40);
        EXPECT_LE(area, 32 * 32 + 150);
        sizes.insert(area);
        places.insert(std::llround(centre_of(shown, 0)));
        EXPECT_LT(centre_of(mask_of(pixels, red), 1), centre_of(mask_of(pixels, green), 1));
    }
    EXPECT_GT(sizes.size(), 8U);
    EXPECT_GT(places.size(), 8U);
}

TEST_F(ExamplesTest, AreMirrored) {
    const auto pixels =
        draw({.share = 1, .mirrored = 1, .background = 0, .pair = 0, .several = 0, .least_scale = 1}, 1).pixels;
    EXPECT_GT(centre_of(mask_of(pixels, red), 1), centre_of(mask_of(pixels, green), 1));
}

TEST_F(ExamplesTest, LieOnTheColourThatThePromptNames) {
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        const auto example =
            draw({.share = 1, .mirrored = 0, .background = 1, .pair = 0, .several = 0, .least_scale = 1}, seed);
        ASSERT_TRUE(example.prompt.starts_with("flower on a")) << example.prompt;
        const auto corner = example.pixels.select(1, 0).select(1, 0);
        for (const auto& background : backgrounds()) {
            const auto words = std::string(background.en) + " background";
            if (!example.prompt.ends_with("on a " + words) && !example.prompt.ends_with("on an " + words))
                continue;
            for (int64_t c = 0; c < 3; ++c)
                EXPECT_NEAR((corner[c].item<float>() + 1) * 127.5, background.rgb[size_t(c)], 13);
        }
        EXPECT_EQ(count_of(example.pixels, white), 0) << example.prompt;
        EXPECT_GT(count_of(example.pixels, green), 15 * 30);  // the thing keeps its colours
    }
}

TEST_F(ExamplesTest, KeepTheirPlaceWhereTheyAreNotMoved) {
    const Augmentation still{.share = 1, .mirrored = 0, .background = 1, .pair = 0, .several = 0, .moved = 0, .least_scale = 0.5};
    const auto plain = draw({.share = 0}, 1);
    const auto whole = mask_of(to_tensor(pack_->layer(0)).slice(0, 0, 3), red);
    for (std::uint64_t seed = 0; seed < 10; ++seed) {
        const auto example = draw(still, seed);
        EXPECT_NE(example.prompt, plain.prompt) << "the background is named";
        EXPECT_EQ(count_of(example.pixels, white), 0);
        EXPECT_TRUE(mask_of(example.pixels, red).logical_and(whole).equal(whole)) << example.prompt;
    }
}

TEST_F(ExamplesTest, StandBesideAnotherOfTheStyle) {
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        const auto example =
            draw({.share = 1, .mirrored = 0, .background = 0, .pair = 1, .several = 0, .least_scale = 1}, seed);
        EXPECT_TRUE(example.prompt == "flower and sea" || example.prompt == "flower next to sea");
        const auto left = example.pixels.slice(2, 0, extent / 2), right = example.pixels.slice(2, extent / 2);
        EXPECT_GT(count_of(left, red), 0);
        EXPECT_EQ(count_of(left, blue), 0);
        EXPECT_GT(count_of(right, blue), 0);
        EXPECT_EQ(count_of(right, red), 0);
        // On one line in the middle, whatever their places.
        for (const auto& edge : {example.pixels.slice(1, 0, extent / 5), example.pixels.slice(1, extent - extent / 5)})
            EXPECT_EQ(count_of(edge, red) + count_of(edge, blue), 0);
    }
}

TEST_F(ExamplesTest, StandAsOftenAsThePromptSays) {
    std::set<std::string> prompts;
    for (std::uint64_t seed = 0; seed < 30; ++seed) {
        const auto example =
            draw({.share = 1, .mirrored = 0, .background = 0, .pair = 0, .several = 1, .least_scale = 1}, seed);
        prompts.insert(example.prompt);
        const auto things = [&](int64_t top, int64_t bottom) {  // of these rows: every one begins red and ends green
            const auto rows = mask_of(example.pixels.slice(1, top, bottom), red).any(0).to(torch::kInt64);
            return rows.diff().eq(1).sum().item<int64_t>() + rows[0].item<int64_t>();
        };
        if (example.prompt == "two flowers") {
            EXPECT_EQ(things(0, extent), 2);
            continue;
        }
        EXPECT_EQ(things(0, extent / 2), example.prompt == "three flowers" ? 1 : 2);
        EXPECT_EQ(things(extent / 2, extent), 2);
    }
    EXPECT_EQ(prompts, (std::set<std::string>{"two flowers", "three flowers", "four flowers"}));
}

TEST_F(ExamplesTest, LeaveWhatFillsItsSquareWhereItIs) {
    const std::vector<int64_t> from{0, 1, 2};
    const Augmentation all{.share = 1, .mirrored = 1, .background = 1, .pair = 1, .several = 0, .least_scale = 0.5};
    const PromptMix prompts{.dropout = 0, .korean = 0, .style = 0, .tags = 0, .tag_only = 0, .article = 0};
    const auto example = Examples(*pack_, from, all).draw(2, prompts, 1);
    EXPECT_EQ(example.prompt, "photo");
    EXPECT_TRUE(torch::equal(example.pixels, to_tensor(pack_->picture(2))));
}

TEST_F(ExamplesTest, CropsAreTheSameForTheSameSeed) {
    const std::vector<int64_t> from{0, 1};
    const Examples examples(*pack_, from, {});
    const auto crops = examples.crops(from, 6, 32, 5);
    EXPECT_EQ(crops.sizes(), torch::IntArrayRef({6, 3, 32, 32}));
    EXPECT_TRUE(torch::equal(crops, examples.crops(from, 6, 32, 5)));
    EXPECT_FALSE(torch::equal(crops, examples.crops(from, 6, 32, 6)));
}

}  // namespace
}  // namespace diffusion::training
