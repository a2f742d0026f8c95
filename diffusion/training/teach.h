#pragma once

// A finished model's lessons from beginning to end: what LoRAs and embeddings have in common.

#include "diffusion/training/lesson.h"
#include "diffusion/training/trainee.h"
#include "diffusion/training_request.h"

#include <torch/nn/module.h>

#include <filesystem>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>

namespace diffusion::training {

/// What learns, and how it becomes a file.
class Learner {
public:
    virtual ~Learner() = default;
    virtual torch::nn::Module& weights() = 0;
    virtual Lesson& lesson() = 0;
    /// Whole or not at all. Throws Error (cannot_write).
    virtual void write(const std::filesystem::path& file, const LessonFacts& facts) = 0;
};

using LearnerMaker =
    std::function<std::unique_ptr<Learner>(pipeline::Models& models, std::vector<LoraPicture> pictures)>;

/// Loads the model of options, teaches what make makes of it and writes the result at the end or when
/// stop is set. Going on where an earlier run in the same work folder stopped gives the weights that one
/// run would have given, on a CPU bit for bit. name: of state, losses and sheets. Throws Error.
void teach(const TrainRequest& request, const LessonOptions& options, const std::string& name,
           const LearnerMaker& make, const pipeline::Resources& resources,
           const TrainProgressCallback& report, std::stop_token stop);

}  // namespace diffusion::training
