#include "diffusion/training/lora_file.h"

#include "diffusion/checkpoint/safetensors.h"

#include <torch/utils.h>

#include <nlohmann/json.hpp>

namespace diffusion::training {

namespace {

using checkpoint::ModelFamily;

struct FamilyNames {
    const char* base;          ///< ss_base_model_version
    const char* architecture;  ///< modelspec.architecture, less what follows the slash
};

FamilyNames names_of(ModelFamily family) {
    switch (family) {
        case ModelFamily::sd2:
            return {"sd_v2", "stable-diffusion-v2-512"};
        case ModelFamily::sdxl:
        case ModelFamily::sdxl_refiner:
            return {"sdxl_base_v1-0", "stable-diffusion-xl-v1-base"};
        case ModelFamily::atelier:
            return {"atelier", "atelier"};
        case ModelFamily::sd1:
            break;
    }
    return {"sd_v1", "stable-diffusion-v1"};
}

/// As Python writes it: 0.0001, 1.0.
std::string number(double value) {
    return nlohmann::json(value).dump();
}

/// What both kinds of files say. kind: "lora" or "textual-inversion".
std::map<std::string, std::string> common_metadata(const LessonOptions& options, const std::string& title,
                                                   const std::string& kind,
                                                   const checkpoint::ModelDescription& model,
                                                   const LessonFacts& facts) {
    const auto names = names_of(model.family);
    const auto side = std::to_string(facts.extent);
    return {{"ss_base_model_version", names.base},
            {"ss_v2", model.family == ModelFamily::sd2 ? "True" : "False"},
            {"ss_output_name", title},
            {"ss_sd_model_name", model.path.filename().string()},
            {"ss_learning_rate", number(options.learning_rate)},
            {"ss_lr_scheduler", options.schedule},
            {"ss_lr_warmup_steps", std::to_string(options.warm_up_steps)},
            {"ss_steps", std::to_string(facts.steps)},
            {"ss_num_train_images", std::to_string(facts.pictures)},
            {"ss_batch_size_per_device", std::to_string(options.batch)},
            {"ss_gradient_accumulation_steps", std::to_string(options.accumulation)},
            {"ss_resolution", "(" + side + ", " + side + ")"},
            {"ss_enable_bucket", "True"},
            {"ss_min_snr_gamma", options.snr_limit > 0 ? number(options.snr_limit) : "None"},
            {"ss_noise_offset", options.noise_offset > 0 ? number(options.noise_offset) : "None"},
            {"ss_seed", std::to_string(options.seed)},
            {"ss_optimizer", "AdamW"},
            {"modelspec.sai_model_spec", "1.0.0"},
            {"modelspec.architecture", std::string(names.architecture) + "/" + kind},
            {"modelspec.implementation", "https://github.com/Stability-AI/generative-models"},
            {"modelspec.title", title},
            {"modelspec.resolution", side + "x" + side},
            {"modelspec.prediction_type",
             model.prediction() == checkpoint::Prediction::v ? "v" : "epsilon"}};
}

std::map<std::string, std::string> metadata_of(const LoraTraining& options,
                                               const std::filesystem::path& file,
                                               const checkpoint::ModelDescription& model,
                                               const LessonFacts& facts) {
    auto data = common_metadata(options, file.stem().string(), "lora", model, facts);
    data["ss_network_module"] = "networks.lora";
    data["ss_network_dim"] = std::to_string(options.rank);
    data["ss_network_alpha"] = number(options.alpha);
    if (options.has_convolutions) {
        data["ss_network_args"] = nlohmann::json{
            {"conv_dim", std::to_string(options.rank)},
            {"conv_alpha",
             number(options.alpha)}}.dump();
    }
    return data;
}

}  // namespace

void write_lora(const std::filesystem::path& file, LowRank& low_rank, const LoraTraining& options,
                const checkpoint::ModelDescription& model, const LessonFacts& facts) {
    checkpoint::StateDict state;
    state.metadata = metadata_of(options, file, model, facts);
    for (const auto& item : low_rank.factors().named_parameters()) {
        const auto& key = item.key();
        state.tensors[key] = item.value().detach().to(torch::kCPU, torch::kFloat16).contiguous();
        const auto at = key.find(".lora_down.");
        if (at != key.npos)
            state.tensors[key.substr(0, at) + ".alpha"] = torch::tensor(float(options.alpha));
    }
    checkpoint::write_safetensors(file, state);
}

std::map<std::string, std::string> embedding_metadata(const EmbeddingTraining& options,
                                                      const std::string& name,
                                                      const std::filesystem::path& file,
                                                      const checkpoint::ModelDescription& model,
                                                      const LessonFacts& facts) {
    auto data = common_metadata(options, file.stem().string(), "textual-inversion", model, facts);
    data["modelspec.trigger_phrase"] = name;
    return data;
}

}  // namespace diffusion::training
