#pragma once

// The door to model files. Give it what a user has: a .safetensors, .ckpt or .gguf file, a diffusers
// folder or one of its parts, whatever its name says. It answers what the model is (family,
// prediction, every dimension of its networks, found from names and shapes, not from a list of known
// models) and hands out the weights under canonical (diffusers, transformers) names, ready for
// load_weights. Nothing but headers is read until then.

#include <filesystem>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "clip/config.h"
#include "diffusion/checkpoint/model_family.h"
#include "diffusion/checkpoint/tensor_table.h"
#include "unet/config.h"
#include "vae/config.h"
#include "vae/patch_config.h"

namespace diffusion::checkpoint {

using VaeConfig = std::variant<vae::AutoencoderConfig, vae::PatchConfig, vae::TinyConfig>;

/// Pixels per latent pixel, in each direction.
std::int64_t factor_of(const VaeConfig& config);

struct TextEncoderPart {
    clip::TextEncoderConfig config;
    std::filesystem::path tokenizer_folder;  ///< holds vocab.json and merges.txt; empty: CLIP's own
};

/// What can be said of a model from its headers. A part that the file lacks is empty.
struct ModelDescription {
    std::filesystem::path path;
    ModelFamily family = ModelFamily::sd1;
    std::optional<unet::UNetConfig> unet;
    std::optional<VaeConfig> vae;
    std::optional<TextEncoderPart> text_encoder;    ///< CLIP-L, OpenCLIP-H (SD2) or the model's own
    std::optional<TextEncoderPart> text_encoder_2;  ///< OpenCLIP bigG of SDXL and its refiner
    SchedulerConfig scheduler;
    std::int64_t native_size = 512;      ///< pixels of a side
    std::int64_t parameter_count = 0;    ///< of all parts
    std::string precision;               ///< type of most UNet weights: "F16", "Q4_K"
    bool zeroes_empty_negative = false;  ///< SDXL: an empty negative prompt gives zeros
    std::map<std::string, std::string> metadata;
    std::vector<std::string> unused_keys;  ///< tensors that belong to no part, first 20

    Prediction prediction() const { return scheduler.prediction; }
};

/// The weights of each part under canonical names; empty where the file lacks the part.
struct ModelFiles {
    ModelDescription description;
    TensorTable unet;
    TensorTable vae;
    TensorTable text_encoder;
    TensorTable text_encoder_2;
};

/// What shapes can't tell of one text encoder.
struct TextEncoderHints {
    std::optional<std::int64_t> heads;
    std::optional<clip::Activation> activation;
};

/// What the user knows better than the file. Whatever is left empty follows from the file, or from
/// the rule of the family.
struct OpenOptions {
    std::optional<ModelFamily> family;
    std::optional<Prediction> prediction;
    std::optional<bool> zero_terminal_snr;
    std::vector<std::int64_t> unet_heads;  ///< per level
    std::optional<std::int64_t> unet_norm_groups;
    std::optional<std::int64_t> add_time_dim;
    std::optional<std::int64_t> vae_norm_groups;
    std::optional<double> scaling_factor;
    TextEncoderHints text_encoder;
    TextEncoderHints text_encoder_2;
};

/// Options that say the family, or nothing.
inline OpenOptions as_family(std::optional<ModelFamily> family) {
    OpenOptions options;
    options.family = family;
    return options;
}

/// Throws diffusion::Error: missing_file, corrupt_file or unsupported_model, with a reason.
ModelFiles open_model(const std::filesystem::path& path, const OpenOptions& options = {});
ModelDescription describe_model(const std::filesystem::path& path, const OpenOptions& options = {});

}  // namespace diffusion::checkpoint
