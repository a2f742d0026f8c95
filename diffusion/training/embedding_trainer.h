#pragma once

#include "diffusion/pipeline/models.h"
#include "diffusion/text/prompt_encoder.h"
#include "diffusion/training/lesson.h"
#include "diffusion/training_request.h"

#include <torch/nn/module.h>

#include <memory>
#include <stop_token>
#include <string>
#include <vector>

namespace diffusion::training {

/// A textual inversion (Gal et al. 2022) in training: vectors that stand in captions in the place of its
/// name's tokens. Nothing of the model learns.
class EmbeddingLesson {
public:
    /// models must outlive it. Throws Error (bad_request) for a name without tokens, no vectors or more
    /// than a chunk has room for, an initial text without tokens, and what Lesson throws.
    EmbeddingLesson(pipeline::Models& models, const EmbeddingTraining& options,
                    std::vector<LoraPicture> pictures);

    torch::Tensor loss(std::int64_t step) { return lesson_.loss(step); }

    Lesson& lesson() { return lesson_; }

    /// [n, width] of each text encoder: "emb_params", or "clip_l" and "clip_g".
    torch::nn::Module& vectors() { return *vectors_; }

    const std::string& name() const { return name_; }

private:
    TextConditioning encoded(const std::string& caption, int least_chunks);
    void add_vectors(const EmbeddingTraining& options);

    std::string name_;
    std::vector<EncoderPart> parts_;
    std::shared_ptr<torch::nn::Module> vectors_;
    Lesson lesson_;
};

/// Teaches the request's embedding, as teach.h says. Throws Error.
void train_embedding(const TrainRequest& request, const pipeline::Resources& resources,
                     const TrainProgressCallback& report, std::stop_token stop);

}  // namespace diffusion::training
