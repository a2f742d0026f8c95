#pragma once

// Dimensions of networks from the shapes of their weights (canonical names), and from the config.json
// of diffusers folders. What shapes can't tell (heads, norm groups, activation, scaling factor)
// follows from the family unless the options state it.

#include <nlohmann/json_fwd.hpp>

#include "diffusion/checkpoint/model_files.h"

namespace diffusion::checkpoint {

/// Throws Error (unsupported_model, missing_keys) when tensors that fix a dimension are absent.
unet::UNetConfig infer_unet_config(const TensorTable& unet, ModelFamily family,
                                   const OpenOptions& options, const std::string& file);
vae::AutoencoderConfig infer_vae_config(const TensorTable& vae, ModelFamily family,
                                        const OpenOptions& options, const std::string& file);
vae::TinyConfig infer_tiny_config(const TensorTable& vae, const std::string& file);
/// Of whichever autoencoder the keys are.
VaeConfig infer_codec_config(const TensorTable& vae, ModelFamily family, const OpenOptions& options,
                             const std::string& file);
unet::ControlNetConfig infer_control_config(const TensorTable& control, ModelFamily family,
                                            const OpenOptions& options, const std::string& file);
clip::TextEncoderConfig infer_text_config(const TensorTable& text, bool is_open_clip,
                                          const TextEncoderHints& hints, const std::string& file);

/// The same from a folder's config.json. Throws Error (malformed, unsupported_architecture) naming
/// the field.
unet::UNetConfig unet_config_of(const nlohmann::json& config, const std::string& file);
VaeConfig vae_config_of(const nlohmann::json& config, const std::string& file);
/// What a ControlNet's shapes leave open: heads, norm groups, width of the size embedding.
void read_control_config(const nlohmann::json& config, const std::string& file, OpenOptions& options);
clip::TextEncoderConfig text_config_of(const nlohmann::json& config, const std::string& file);
SchedulerConfig scheduler_config_of(const nlohmann::json& config, const std::string& file);

/// By shapes of the UNet, or of the text encoders where there is none. Throws Error
/// (unsupported_model, unsupported_architecture).
ModelFamily infer_family(const TensorTable& unet, const TensorTable& text_encoder,
                         const TensorTable& text_encoder_2, const std::string& file);

/// The noise that the family was trained on.
SchedulerConfig family_scheduler(ModelFamily family);

}  // namespace diffusion::checkpoint
