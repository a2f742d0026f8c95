#include "diffusion/training/lora_trainer.h"

#include "diffusion/error.h"
#include "diffusion/pipeline/conditioning.h"
#include "diffusion/training/lora_file.h"
#include "diffusion/training/teach.h"

#include <torch/utils.h>

#include <memory>

namespace diffusion::training {

namespace {

class LoraLearner : public Learner {
public:
    LoraLearner(pipeline::Models& models, const LoraTraining& options,
                std::vector<LoraPicture> pictures)
        : models_(models), options_(options), lesson_(models, options, std::move(pictures)) {}

    torch::nn::Module& weights() override { return lesson_.low_rank().factors(); }

    Lesson& lesson() override { return lesson_.lesson(); }

    void write(const std::filesystem::path& file, const LessonFacts& facts) override {
        write_lora(file, lesson_.low_rank(), options_, models_.description, facts);
    }

private:
    pipeline::Models& models_;
    const LoraTraining& options_;
    LoraLesson lesson_;
};

}  // namespace

LoraLesson::LoraLesson(pipeline::Models& models, const LoraTraining& options,
                       std::vector<LoraPicture> pictures)
    : has_text_encoder_((check_model(models), options.has_text_encoder)),
      low_rank_(pipeline::networks_of(models), models.description.family, options),
      parts_(pipeline::encoder_parts(models)),
      lesson_(
          models, options, std::move(pictures),
          [this](const std::string& caption, int chunks) { return encoded(caption, chunks); },
          [this] { low_rank_.install(); }) {}

TextConditioning LoraLesson::encoded(const std::string& caption, int least_chunks) {
    EncodeOptions encode;
    encode.emphasis = Emphasis::none;  // a caption's brackets are brackets
    encode.least_chunks = least_chunks;
    if (has_text_encoder_) return encode_prompt(caption, parts_, encode);
    const auto key = std::pair(caption, least_chunks);
    if (!known_texts_.contains(key)) {
        const torch::NoGradGuard no_grad;
        known_texts_[key] = encode_prompt(caption, parts_, encode);
    }
    return known_texts_.at(key);
}

void train_lora(const TrainRequest& request, const pipeline::Resources& resources,
                const TrainProgressCallback& report, std::stop_token stop) {
    const auto& options = request.lora;
    if (options.rank < 1) {
        throw Error(ErrorKind::bad_request,
                    "rank: expected 1 or more, found " + std::to_string(options.rank) + ".");
    }
    const auto make = [&](pipeline::Models& models, std::vector<LoraPicture> pictures) {
        return std::make_unique<LoraLearner>(models, options, std::move(pictures));
    };
    teach(request, options, "lora", make, resources, report, stop);
}

}  // namespace diffusion::training
