#include "diffusion/pipeline/picture_noise.h"

#include <gtest/gtest.h>

#include <functional>

#include "diffusion/sampling/noise.h"

namespace diffusion::pipeline {
namespace {

const std::vector<std::int64_t> shape = {4, 8, 8};

GenerationRequest row_of(int count) {
    GenerationRequest request;
    request.seed = 100;
    request.count = count;
    return request;
}

struct Drawn {
    torch::Tensor first;
    torch::Tensor second;
    torch::Tensor third;
};

/// The first latent's noise and that of two steps.
Drawn drawn(const GenerationRequest& request, PictureRange pictures, bool brownian = false) {
    SamplingSetup setup;
    setup.brownian = brownian;
    setup.lowest_sigma = 0.1;
    setup.highest_sigma = 10;
    const auto noise = picture_noise(request, setup, pictures, shape, 8, torch::kCPU);
    return {noise.first, noise.steps(10, 4), noise.steps(4, 1)};
}

using Change = std::function<void(GenerationRequest&)>;

class SourceTest : public testing::TestWithParam<std::pair<const char*, Change>> {};

TEST_P(SourceTest, APictureDrawsInARowWhatItDrawsAlone) {
    for (const bool brownian : {false, true}) {
        auto request = row_of(5);
        GetParam().second(request);
        const auto row = drawn(request, {2, 3}, brownian);
        for (int i = 0; i < 3; ++i) {
            const auto alone = drawn(request_of_picture(request, 2 + i), {0, 1}, brownian);
            EXPECT_TRUE(torch::equal(alone.first[0], row.first[i])) << i;
            EXPECT_TRUE(torch::equal(alone.second[0], row.second[i])) << i;
            EXPECT_TRUE(torch::equal(alone.third[0], row.third[i])) << i;
        }
        EXPECT_FALSE(torch::equal(row.first[0], row.first[1]));
    }
}

INSTANTIATE_TEST_SUITE_P(
    Every, SourceTest,
    testing::Values(
        std::pair{"cpu", Change([](auto&) {})},
        std::pair{"nv", Change([](auto& r) { r.random_source = "NV"; })},
        std::pair{"a1111", Change([](auto& r) { r.compatibility = "A1111"; })},
        std::pair{"comfyui", Change([](auto& r) { r.compatibility = "ComfyUI"; })},
        std::pair{"comfyui_nv", Change([](auto& r) {
                      r.compatibility = "ComfyUI";
                      r.random_source = "NV";
                  })},
        std::pair{"diffusers", Change([](auto& r) { r.compatibility = "diffusers"; })},
        std::pair{"larger_batch", Change([](auto& r) {
                      r.compatibility = "ComfyUI";
                      r.batch_size = 9;
                      r.batch_position = 3;
                  })},
        std::pair{"variation", Change([](auto& r) {
                      r.variation_seed = 7;
                      r.variation_strength = 0.3;
                  })},
        std::pair{"variation_nv", Change([](auto& r) {
                      r.random_source = "NV";
                      r.variation_seed = 7;
                      r.variation_strength = 0.3;
                  })},
        std::pair{"resized", Change([](auto& r) {
                      r.seed_resize_width = 48;
                      r.seed_resize_height = 96;
                  })},
        std::pair{"delta", Change([](auto& r) { r.eta_noise_seed_delta = 31337; })}),
    [](const auto& source) { return std::string(source.param.first); });

TEST(PictureNoise, AVariationKeepsTheSeedAndCountsItsOwn) {
    auto request = row_of(3);
    request.variation_seed = 7;
    request.variation_strength = 0.3;
    const auto second = request_of_picture(request, 1);
    EXPECT_EQ(second.seed, 100);
    EXPECT_EQ(second.variation_seed, 8);
    EXPECT_EQ(second.count, 1);
    request.variation_strength = 0;
    EXPECT_EQ(request_of_picture(request, 1).seed, 101);
    EXPECT_EQ(request_of_picture(request, 1).variation_seed, 7);
}

TEST(PictureNoise, AVariationLiesBetweenTheTwoSeeds) {
    auto request = row_of(1);
    const auto own = drawn(request, {0, 1}).first;
    request.variation_seed = 7;
    request.variation_strength = 1;
    const auto end = drawn(request, {0, 1}).first;
    const auto other = sampling::noise_generator(sampling::NoiseStream::cpu, 7)->normal(shape);
    EXPECT_LT((end[0] - other).abs().max().item<float>(), 1e-5);
    request.variation_strength = 0.5;
    const auto between = drawn(request, {0, 1}).first;
    EXPECT_LT((between - own).norm().item<float>(), (end - own).norm().item<float>());
    EXPECT_GT((between - own).norm().item<float>(), 1);
}

TEST(PictureNoise, ComfyUIDrawsABatchAtOnce) {
    auto request = row_of(3);
    request.compatibility = "ComfyUI";
    const auto batch = drawn(request, {0, 3});
    const auto generator = sampling::noise_generator(sampling::NoiseStream::cpu, 100);
    EXPECT_TRUE(torch::equal(batch.first, generator->normal({3, 4, 8, 8})));
    // The steps' noise has the next seed.
    const auto next = sampling::noise_generator(sampling::NoiseStream::cpu, 101);
    EXPECT_TRUE(torch::equal(batch.second, next->normal({3, 4, 8, 8})));
    EXPECT_EQ(request_of_picture(request, 2).batch_position, 2);
    EXPECT_EQ(request_of_picture(request, 2).batch_size, 3);
    EXPECT_EQ(request_of_picture(request, 2).seed, 100);
}

TEST(PictureNoise, DiffusersGoesOnWithOneGenerator) {
    auto request = row_of(2);
    request.compatibility = "diffusers";
    const auto batch = drawn(request, {0, 2});
    const auto generator = sampling::noise_generator(sampling::NoiseStream::cpu, 100);
    EXPECT_TRUE(torch::equal(batch.first, generator->normal({2, 4, 8, 8})));
    EXPECT_TRUE(torch::equal(batch.second, generator->normal({2, 4, 8, 8})));
}

TEST(PictureNoise, AnEtaDeltaChangesTheStepsOnly) {
    auto request = row_of(1);
    const auto plain = drawn(request, {0, 1});
    request.eta_noise_seed_delta = 31337;
    const auto changed = drawn(request, {0, 1});
    EXPECT_TRUE(torch::equal(plain.first, changed.first));
    EXPECT_FALSE(torch::equal(plain.second, changed.second));
}

}  // namespace
}  // namespace diffusion::pipeline
