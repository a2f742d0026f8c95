#pragma once

#include "diffusion/pipeline/models.h"
#include "diffusion/text/prompt_encoder.h"
#include "diffusion/training/lora_pictures.h"
#include "diffusion/training/low_rank.h"
#include "diffusion/training_request.h"

#include <map>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

namespace diffusion::training {

/// The loss of a LoRA in training. What a step draws depends on its number and the seed alone.
class LoraLesson {
public:
    /// models must outlive it. Throws Error (bad_request) for a model whose training is another:
    /// the refiner, inpainting models, EDM.
    LoraLesson(pipeline::Models& models, const LoraTraining& options,
               std::vector<LoraPicture> pictures);

    /// The mean loss of the step's batches; with accumulation all but the last have run backward.
    torch::Tensor loss(std::int64_t step);

    LowRank& low_rank() { return low_rank_; }

    std::int64_t picture_count() const { return static_cast<std::int64_t>(pictures_.size()); }

private:
    torch::Tensor batch_loss(const std::vector<std::size_t>& chosen, std::uint64_t seed);
    std::vector<TextConditioning> texts(const std::vector<std::size_t>& chosen);
    TextConditioning encoded(const std::string& caption, int least_chunks);
    unet::Conditioning conditioning(const std::vector<std::size_t>& chosen);

    pipeline::Models& models_;
    LoraTraining options_;
    std::vector<LoraPicture> pictures_;
    LowRank low_rank_;
    std::vector<EncoderPart> parts_;
    torch::Tensor alphas_;
    std::map<std::pair<std::string, int>, TextConditioning>
        known_texts_;  // where encoders don't learn
};

/// Loads the model, teaches it and writes the LoRA at the end or when stop is set. Going on where
/// an earlier run in the same work folder stopped gives the weights that one run would have given,
/// on a CPU bit for bit. Throws Error.
void train_lora(const TrainRequest& request, const pipeline::Resources& resources,
                const TrainProgressCallback& report, std::stop_token stop);

}  // namespace diffusion::training
