#pragma once

#include "diffusion/pipeline/models.h"
#include "diffusion/training/lesson.h"
#include "diffusion/training/low_rank.h"
#include "diffusion/training_request.h"

#include <map>
#include <stop_token>
#include <string>
#include <vector>

namespace diffusion::training {

/// The loss of a LoRA in training. What a step draws depends on its number and the seed alone.
class LoraLesson {
public:
    /// models must outlive it. Throws what Lesson and LowRank throw.
    LoraLesson(pipeline::Models& models, const LoraTraining& options,
               std::vector<LoraPicture> pictures);

    torch::Tensor loss(std::int64_t step) { return lesson_.loss(step); }

    Lesson& lesson() { return lesson_; }

    LowRank& low_rank() { return low_rank_; }

private:
    TextConditioning encoded(const std::string& caption, int least_chunks);

    bool has_text_encoder_;
    LowRank low_rank_;
    std::vector<EncoderPart> parts_;
    std::map<std::pair<std::string, int>, TextConditioning>
        known_texts_;  // where encoders don't learn
    Lesson lesson_;
};

/// Teaches the request's LoRA, as teach.h says. Throws Error.
void train_lora(const TrainRequest& request, const pipeline::Resources& resources,
                const TrainProgressCallback& report, std::stop_token stop);

}  // namespace diffusion::training
