// What a network is told, on small encoders with random weights.

#include "diffusion/pipeline/conditioning.h"

#include <gtest/gtest.h>
#include <torch/utils.h>

#include <functional>

#include "diffusion/checkpoint/model_files.h"
#include "diffusion/error.h"
#include "tests/support/clip_tokenizer.h"

namespace diffusion::pipeline {
namespace {

constexpr Extent extent{64, 96, 8, 12};

class ConditioningTest : public testing::Test {
protected:
    ConditioningTest() {
        torch::manual_seed(5);
        checkpoint::OpenOptions options;
        options.family = checkpoint::ModelFamily::sdxl;
        options.unet_heads = {1, 2, 4};
        options.unet_norm_groups = 16;
        const auto file = std::string(ATELIER_TEST_DATA) + "/tiny/sdxl/model.fp16.safetensors";
        models_.description = checkpoint::open_model(file, options).description;
        models_.unet = unet::UNet(models_.description.unet.value());
        add_encoder(32, 0);
        add_encoder(48, 40);
    }

    void add_encoder(std::int64_t width, std::int64_t projection) {
        clip::TextEncoderConfig config;
        config.width = width;
        config.layers = 3;
        config.heads = 2;
        config.mlp_width = 2 * width;
        config.projection_dim = projection;
        const std::shared_ptr<const clip::Tokenizer> tokenizer(&support::clip_tokenizer(),
                                                               [](const auto*) {});
        models_.text.push_back({clip::TextEncoder(config), tokenizer});
        const torch::NoGradGuard no_grad;
        for (auto& weight : models_.text.back().encoder->parameters()) weight.normal_(0, 0.1);
    }

    unet::Conditioning told(const GenerationRequest& request, bool is_negative = false) {
        const torch::NoGradGuard no_grad;
        const auto guidance = plan_guidance(models_, request, extent, 10, true).at(0);
        return is_negative ? *guidance.unconditional : guidance.positive.front().conditioning;
    }

    Models models_;
};

GenerationRequest apple() {
    GenerationRequest request;
    request.prompt = "red apple";
    return request;
}

std::vector<float> numbers(const torch::Tensor& row) {
    return {row.data_ptr<float>(), row.data_ptr<float>() + row.numel()};
}

TEST_F(ConditioningTest, ASecondPromptIsForTheSecondEncoder) {
    auto request = apple();
    const auto same = told(request);
    request.prompt_2 = "green tree";
    const auto other = told(request);
    EXPECT_TRUE(torch::equal(same.context.slice(2, 0, 32), other.context.slice(2, 0, 32)));
    EXPECT_FALSE(torch::equal(same.context.slice(2, 32), other.context.slice(2, 32)));
    EXPECT_FALSE(torch::equal(same.text_embeds, other.text_embeds));
    request.prompt_2 = "red apple";
    EXPECT_TRUE(torch::equal(same.context, told(request).context));
}

TEST_F(ConditioningTest, ASecondNegativePromptToo) {
    auto request = apple();
    request.negative_prompt = "bad";
    const auto same = told(request, true);
    request.negative_prompt_2 = "worse";
    EXPECT_FALSE(torch::equal(same.context, told(request, true).context));
    EXPECT_TRUE(torch::equal(told(apple()).context, told(request).context));
}

TEST_F(ConditioningTest, SizesAreThoseOfThePictureUnlessSaid) {
    EXPECT_EQ(numbers(told(apple()).time_ids), (std::vector<float>{96, 64, 0, 0, 96, 64}));
    auto request = apple();
    request.original_width = 512;
    request.original_height = 768;
    request.crop_left = 3;
    request.crop_top = 4;
    request.target_width = 640;
    request.target_height = 320;
    EXPECT_EQ(numbers(told(request).time_ids), (std::vector<float>{768, 512, 4, 3, 320, 640}));
}

TEST_F(ConditioningTest, TheRefinerReadsAScore) {
    models_.description.family = checkpoint::ModelFamily::sdxl_refiner;
    EXPECT_EQ(numbers(told(apple()).time_ids), (std::vector<float>{96, 64, 0, 0, 6}));
    EXPECT_EQ(numbers(told(apple(), true).time_ids), (std::vector<float>{96, 64, 0, 0, 2.5}));
    auto request = apple();
    request.aesthetic_score = 8;
    request.negative_aesthetic_score = 1;
    EXPECT_EQ(numbers(told(request).time_ids).back(), 8);
    EXPECT_EQ(numbers(told(request, true).time_ids).back(), 1);
}

TEST_F(ConditioningTest, AnEmptyNegativePromptIsZeroButInComfyUI) {
    models_.description.zeroes_empty_negative = true;
    auto request = apple();
    EXPECT_EQ(told(request, true).context.abs().max().item<float>(), 0);
    request.compatibility = "ComfyUI";
    EXPECT_GT(told(request, true).context.abs().max().item<float>(), 0);
}

TEST_F(ConditioningTest, EmphasisIsWhatWasChosen) {
    auto request = apple();
    request.prompt = "red (apple:1.4)";
    const auto original = told(request).context;
    request.emphasis = "No norm";
    const auto raw = told(request).context;
    EXPECT_FALSE(torch::equal(original, raw));
    request.emphasis = "Ignore";
    const auto ignored = told(request).context;
    EXPECT_FALSE(torch::equal(raw, ignored));
    request.emphasis = "ComfyUI";
    EXPECT_FALSE(torch::equal(raw, told(request).context));
    request.emphasis = "None";
    const auto literal = told(request).context;
    EXPECT_FALSE(torch::equal(ignored, literal));
    request.compatibility = "diffusers";
    request.emphasis = "Automatic";
    EXPECT_TRUE(torch::equal(literal, told(request).context));
}

TEST_F(ConditioningTest, DiffusersCutsLongPromptsAndSaysWhat) {
    auto request = apple();
    for (int i = 0; i < 73; ++i) request.prompt += " pie";
    const auto fits = request.prompt;
    request.prompt += " and a worm";
    request.compatibility = "diffusers";
    std::vector<std::string> warnings;
    const auto context = [&] {
        const torch::NoGradGuard no_grad;
        const auto plan = plan_guidance(models_, request, extent, 10, true, nullptr,
                                        [&](const std::string& text) { warnings.push_back(text); });
        return plan.at(0).positive.front().conditioning.context;
    };
    const auto cut = context();
    EXPECT_EQ(cut.size(1), 77);
    ASSERT_EQ(warnings.size(), 1u);
    EXPECT_NE(warnings[0].find("\"and a worm \""), std::string::npos) << warnings[0];
    request.prompt = fits;
    EXPECT_TRUE(torch::equal(cut, context()));
    request.prompt += " and a worm";
    request.emphasis = "Original";
    EXPECT_EQ(context().size(1), 154);
    EXPECT_EQ(warnings.size(), 1u);
}

TEST_F(ConditioningTest, OneEncoderTakesOnePrompt) {
    models_.text.pop_back();
    auto request = apple();
    request.prompt_2 = "green tree";
    try {
        told(request);
        FAIL();
    } catch (const Error& error) {
        EXPECT_EQ(error.kind(), ErrorKind::bad_request);
        EXPECT_NE(std::string(error.what()).find("prompt_2"), std::string::npos);
    }
}

}  // namespace
}  // namespace diffusion::pipeline
