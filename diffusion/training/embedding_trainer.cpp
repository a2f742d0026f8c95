#include "diffusion/training/embedding_trainer.h"

#include "diffusion/checkpoint/safetensors.h"
#include "diffusion/error.h"
#include "diffusion/pipeline/conditioning.h"
#include "diffusion/training/lora_file.h"
#include "diffusion/training/teach.h"

#include <torch/utils.h>

#include <algorithm>

namespace diffusion::training {

namespace {

namespace fs = std::filesystem;

std::string name_of(const EmbeddingTraining& options) {
    return options.name.empty() ? fs::path(options.output).stem().string() : options.name;
}

/// Every caption speaks of what is learnt.
std::vector<LoraPicture> named(std::vector<LoraPicture> pictures, const std::string& name) {
    for (auto& picture : pictures)
        if (picture.caption.find(name) == std::string::npos)
            picture.caption = name + ", " + picture.caption;
    return pictures;
}

/// Keys by which A1111, ComfyUI and diffusers know the vectors of each encoder.
std::vector<std::string> keys_of(std::size_t encoders) {
    if (encoders == 1) return {"emb_params"};
    return {"clip_l", "clip_g"};
}

class EmbeddingLearner : public Learner {
public:
    EmbeddingLearner(pipeline::Models& models, const EmbeddingTraining& options,
                     std::vector<LoraPicture> pictures)
        : models_(models), options_(options), lesson_(models, options, std::move(pictures)) {}

    torch::nn::Module& weights() override { return lesson_.vectors(); }

    Lesson& lesson() override { return lesson_.lesson(); }

    void write(const fs::path& file, const LessonFacts& facts) override {
        checkpoint::StateDict state;
        state.metadata = embedding_metadata(options_, lesson_.name(), file, models_.description, facts);
        for (const auto& item : lesson_.vectors().named_parameters())
            state.tensors[item.key()] =
                item.value().detach().to(torch::kCPU, torch::kFloat32).contiguous();
        checkpoint::write_safetensors(file, state);
    }

private:
    pipeline::Models& models_;
    const EmbeddingTraining& options_;
    EmbeddingLesson lesson_;
};

void freeze(torch::nn::Module& module) {
    for (auto& parameter : module.parameters()) parameter.requires_grad_(false);
}

[[noreturn]] void refuse(const std::string& what) { throw Error(ErrorKind::bad_request, what); }

}  // namespace

EmbeddingLesson::EmbeddingLesson(pipeline::Models& models, const EmbeddingTraining& options,
                                 std::vector<LoraPicture> pictures)
    : name_(training::name_of(options)),
      parts_(pipeline::encoder_parts(models)),
      vectors_(std::make_shared<torch::nn::Module>("embedding")),
      lesson_(models, options, named(std::move(pictures), name_),
              [this](const std::string& caption, int chunks) { return encoded(caption, chunks); }) {
    for (auto& text : models.text) freeze(*text.encoder);
    freeze(*models.unet);
    add_vectors(options);
}

void EmbeddingLesson::add_vectors(const EmbeddingTraining& options) {
    const auto room = parts_.front().encoder->config().max_positions - 2;
    if (options.vectors < 1 || options.vectors > room)
        refuse("vectors: expected 1 to " + std::to_string(room) + ", found " +
               std::to_string(options.vectors) + ".");
    const torch::NoGradGuard no_grad;
    const auto keys = keys_of(parts_.size());
    for (std::size_t i = 0; i < parts_.size(); ++i) {
        auto& part = parts_[i];
        if (part.tokenizer->encode(name_).empty())
            refuse("name: \"" + name_ + "\" has no token that a prompt could be searched for.");
        const auto ids = part.tokenizer->encode(options.initial_text);
        if (ids.empty()) refuse("initial_text: expected a word to begin with, found none.");
        std::vector<std::int64_t> repeated;
        for (int k = 0; k < options.vectors; ++k)
            repeated.push_back(ids[static_cast<std::size_t>(k) % ids.size()]);
        const auto device = part.encoder->parameters().front().device();
        auto rows = part.encoder->token_embeddings(torch::tensor(repeated).unsqueeze(0).to(device))
                        .squeeze(0)
                        .to(torch::kFloat32)
                        .clone();
        vectors_->register_parameter(keys[i], rows);
    }
}

TextConditioning EmbeddingLesson::encoded(const std::string& caption, int least_chunks) {
    NamedEmbedding embedding{name_, {}};
    for (std::size_t i = 0; i < parts_.size(); ++i) {
        const auto type = parts_[i].encoder->parameters().front().scalar_type();
        embedding.vectors.push_back(vectors_->named_parameters()[keys_of(parts_.size())[i]].to(type));
    }
    const std::vector embeddings{embedding};
    EncodeOptions encode;
    encode.emphasis = Emphasis::none;  // a caption's brackets are brackets
    encode.least_chunks = least_chunks;
    encode.embeddings = embeddings;
    return encode_prompt(caption, parts_, encode);
}

void train_embedding(const TrainRequest& request, const pipeline::Resources& resources,
                     const TrainProgressCallback& report, std::stop_token stop) {
    const auto& options = request.embedding;
    const auto make = [&](pipeline::Models& models, std::vector<LoraPicture> pictures) {
        return std::make_unique<EmbeddingLearner>(models, options, std::move(pictures));
    };
    teach(request, options, "embedding", make, resources, report, stop);
}

}  // namespace diffusion::training
