#pragma once

// Tiny models and pictures that LoRAs and embeddings learn from.

#include "diffusion/pipeline/models.h"
#include "diffusion/training/embedding_trainer.h"
#include "diffusion/training/lora_pictures.h"
#include "diffusion/training_request.h"
#include "tests/diffusion/adapters/adapters_support.h"

#include <cstdint>
#include <memory>
#include <string>

#include <gtest/gtest.h>

namespace lesson_test {

/// As many of CLIP's merges as make the vocabulary of the tiny models: 1000 tokens.
std::shared_ptr<const clip::Tokenizer> small_tokenizer();

diffusion::pipeline::Models models_of(const adapters_test::TinyModel& tiny);

/// Stable Diffusion 2's, tiny: it predicts v, and its projections are linear layers.
diffusion::pipeline::Models sd2_models();

diffusion::training::LoraPicture picture_of(const std::string& caption, std::uint64_t seed);

/// The gradient of an embedding's vectors is not zero and is how fast the loss grows along it.
void expect_slope(diffusion::training::EmbeddingLesson& lesson);

/// A folder with a red, a blue and a broken picture, and the model that ships.
class LessonTest : public testing::Test {
protected:
    LessonTest();

    diffusion::TrainRequest run_request(const std::string& work, std::int64_t steps) const;

    /// The folder, an output in the test's own folder, small pictures and two batches a step.
    void fill(diffusion::LessonOptions& options, const std::string& output) const;

    diffusion::pipeline::Resources resources_{std::string(ATELIER_BINARY_DIR) + "/share/atelier"};
    checkpoint_test::TempFolder folder_;
};

}  // namespace lesson_test
