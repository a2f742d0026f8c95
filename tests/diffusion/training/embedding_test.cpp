// Textual inversion: only the vectors learn, in both encoders, and what comes out is an embedding.

#include "diffusion/training/embedding_trainer.h"

#include "diffusion/adapters/embedding_file.h"
#include "diffusion/checkpoint/safetensors.h"
#include "tests/diffusion/training/lesson_support.h"

#include <torch/utils.h>

#include <gtest/gtest.h>

namespace {

using namespace diffusion;
using namespace diffusion::training;
using namespace lesson_test;
using adapters_test::refusal_of;
using adapters_test::TinyModel;
using checkpoint_test::read_bytes;

EmbeddingTraining options_of(const std::string& name, int vectors) {
    EmbeddingTraining options;
    options.name = name;
    options.vectors = vectors;
    options.initial_text = "a b";
    return options;
}

TEST(EmbeddingLesson, OnlyItsVectorsLearnInEveryEncoder) {
    TinyModel tiny("sdxl");
    auto models = models_of(tiny);
    EmbeddingLesson lesson(models, options_of("zxq", 3),
                           {picture_of("a zxq", 1), picture_of("a dog", 2)});
    const auto vectors = lesson.vectors().named_parameters();
    ASSERT_EQ(vectors.size(), 2u);
    EXPECT_EQ(vectors["clip_l"].size(0), 3);
    // The words that it begins with, by turns.
    EXPECT_TRUE(torch::equal(vectors["clip_l"][0], vectors["clip_l"][2]));
    EXPECT_FALSE(torch::equal(vectors["clip_l"][0], vectors["clip_l"][1]));
    lesson.loss(0).backward();
    for (const auto& item : vectors)
        EXPECT_GT(item.value().grad().abs().max().item<double>(), 0) << item.key();
    for (const auto& weight : models.unet->parameters()) EXPECT_FALSE(weight.grad().defined());
    for (const auto& text : models.text)
        for (const auto& weight : text.encoder->parameters()) EXPECT_FALSE(weight.grad().defined());
}

TEST(EmbeddingLesson, GradientsAreTheSlopeOfTheLoss) {
    TinyModel tiny("sd1");
    auto models = models_of(tiny);
    EmbeddingLesson lesson(models, options_of("zxq", 2), {picture_of("a zxq b", 1)});
    expect_slope(lesson);
}

TEST(EmbeddingLesson, BadRequestsAreNamed) {
    TinyModel tiny("sd1");
    auto models = models_of(tiny);
    const auto refusal = [&](const EmbeddingTraining& options) {
        return refusal_of([&] { EmbeddingLesson(models, options, {picture_of("a", 1)}); });
    };
    EXPECT_NE(refusal(options_of("zxq", 0)).find("vectors"), std::string::npos);
    EXPECT_NE(refusal(options_of("zxq", 76)).find("vectors"), std::string::npos);
    EXPECT_NE(refusal(options_of(" ", 1)).find("name"), std::string::npos);
    auto empty = options_of("zxq", 1);
    empty.initial_text = " ";
    EXPECT_NE(refusal(empty).find("initial_text"), std::string::npos);
}

class EmbeddingTrainingTest : public LessonTest {
protected:
    TrainRequest request(const std::string& work, std::int64_t steps) const {
        auto r = run_request(work, steps);
        r.stage = TrainingStage::embedding;
        fill(r.embedding, work + "/field-style.safetensors");
        r.embedding.vectors = 2;
        return r;
    }

    void train(const TrainRequest& r) { train_embedding(r, resources_, {}, {}); }
};

TEST_F(EmbeddingTrainingTest, GoesOnBitForBitWhereItStopped) {
    train(request("once", 4));
    train(request("twice", 2));
    train(request("twice", 4));
    EXPECT_EQ(read_bytes(folder_ / "once/field-style.safetensors"),
              read_bytes(folder_ / "twice/field-style.safetensors"));
}

TEST_F(EmbeddingTrainingTest, WhatComesOutIsAnEmbeddingThatLearnt) {
    auto r = request("work", 3);
    r.steps_per_sheet = 3;
    train(r);
    const auto file = folder_ / "work/field-style.safetensors";
    const auto read = adapters::open_embedding(file);
    ASSERT_EQ(read.vectors.size(), 1u);
    EXPECT_EQ(read.vectors[0].size(0), 2);
    EXPECT_FALSE(torch::equal(read.vectors[0][0], read.vectors[0][1]));
    const auto state = checkpoint::read_safetensors(file);
    EXPECT_TRUE(state.tensors.contains("emb_params"));
    EXPECT_EQ(state.metadata.at("ss_output_name"), "field-style");
    EXPECT_EQ(state.metadata.at("modelspec.trigger_phrase"), "field-style");
    EXPECT_EQ(state.metadata.at("modelspec.architecture"), "atelier/textual-inversion");
    EXPECT_TRUE(std::filesystem::exists(folder_ / "work/sheets/embedding-0000003.png"));
}

}  // namespace
