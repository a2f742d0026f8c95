#pragma once

// A model's sizes as the JSON of a diffusers folder: the inverse of infer_config.h's readers.

#include <nlohmann/json_fwd.hpp>

#include "diffusion/checkpoint/model_files.h"

namespace diffusion::checkpoint {

/// sample_size: latent pixels of a side. Throws Error (unsupported_model) for a network that diffusers
/// has no fields for.
nlohmann::ordered_json config_json_of(const unet::UNetConfig& config, std::int64_t sample_size);
/// sample_size: pixels of a side.
nlohmann::ordered_json config_json_of(const VaeConfig& config, std::int64_t sample_size);
nlohmann::ordered_json config_json_of(const clip::TextEncoderConfig& config);
nlohmann::ordered_json config_json_of(const SchedulerConfig& config);

/// model_index.json: the pipeline's class and its parts.
nlohmann::ordered_json model_index_of(const ModelDescription& description);

}  // namespace diffusion::checkpoint
