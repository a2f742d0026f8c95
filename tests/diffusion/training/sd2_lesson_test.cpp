// LoRAs and embeddings of Stable Diffusion 2: they learn from v, under layers of its own kind.

#include "diffusion/training/embedding_trainer.h"
#include "diffusion/training/lora_trainer.h"
#include "tests/diffusion/training/lesson_support.h"

#include <torch/utils.h>

#include <algorithm>
#include <cmath>
#include <map>

#include <gtest/gtest.h>

namespace {

using namespace diffusion;
using namespace diffusion::training;
using namespace lesson_test;

/// The loss that the same weights give where epsilon is asked for: v must differ.
template <typename Lesson>
void expect_another_for_epsilon(pipeline::Models& models, Lesson& lesson) {
    const torch::NoGradGuard no_grad;
    const auto of_v = lesson.loss(0).template item<double>();
    models.description.scheduler.prediction = checkpoint::Prediction::epsilon;
    EXPECT_GT(std::abs(lesson.loss(0).template item<double>() - of_v), 1e-3);
}

TEST(Sd2Lora, LearnsInTheUNetAndTheEncoder) {
    auto models = sd2_models();
    ASSERT_EQ(models.description.family, checkpoint::ModelFamily::sd2);
    ASSERT_EQ(models.description.prediction(), checkpoint::Prediction::v);
    LoraTraining options;
    options.rank = 2;
    LoraLesson lesson(models, options, {picture_of("a cat", 1)});
    lesson.loss(0).backward();
    std::map<std::string, double> largest;
    const auto factors = lesson.low_rank().factors().named_parameters();
    for (const auto& item : factors) {
        if (!item.key().ends_with("lora_up.weight") || !item.value().grad().defined()) continue;
        auto& most = largest[item.key().substr(0, 8)];
        most = std::max(most, item.value().grad().abs().max().item<double>());
    }
    EXPECT_EQ(largest.size(), 2u);
    EXPECT_GT(largest["lora_une"], 0);
    EXPECT_GT(largest["lora_te_"], 0);
    const auto* projection = factors.find("lora_unet_down_blocks_0_attentions_0_proj_in.lora_down.weight");
    ASSERT_NE(projection, nullptr);
    EXPECT_EQ(projection->dim(), 2) << "a linear layer's, no convolution's";
    expect_another_for_epsilon(models, lesson);
}

TEST(Sd2Embedding, GradientsAreTheSlopeOfTheLoss) {
    auto models = sd2_models();
    EmbeddingTraining options;
    options.name = "zxq";
    options.vectors = 2;
    options.initial_text = "a b";
    EmbeddingLesson lesson(models, options, {picture_of("a zxq b", 1)});
    auto vectors = lesson.vectors().named_parameters()["emb_params"];
    EXPECT_EQ(vectors.size(1), models.text.front().encoder->config().width);
    expect_slope(lesson);
    for (const auto& weight : models.unet->parameters()) EXPECT_FALSE(weight.grad().defined());
    expect_another_for_epsilon(models, lesson);
}

}  // namespace
