#pragma once

// Parts that are used beside a model, each opened by itself: another autoencoder, a ControlNet.

#include <filesystem>

#include "diffusion/checkpoint/model_files.h"

namespace diffusion::checkpoint {

struct VaeFile {
    VaeConfig config;
    TensorTable weights;  ///< under canonical names
};

/// The autoencoder of a VAE file, of a TAESD (either half or both), of a folder or of a whole model.
/// family gives the scale of latents where the file states none: SD 1 and SDXL have the same shapes.
/// Throws Error: missing_file, corrupt_file or unsupported_model.
VaeFile open_vae(const std::filesystem::path& path, ModelFamily family,
                 const OpenOptions& options = {});

/// The autoencoder that lies beside a model's file as A1111 has it: <name>.vae.pt, .vae.ckpt or
/// .vae.safetensors. Empty if there is none.
std::filesystem::path vae_beside(const std::filesystem::path& model);

struct ControlNetFile {
    unet::ControlNetConfig config;
    ModelFamily family = ModelFamily::sd1;
    TensorTable weights;  ///< under canonical names
};

/// A ControlNet in original naming (with or without `control_model.`), or a diffusers folder or file.
/// Throws Error as open_vae does; kinds that work otherwise (Control-LoRA, differences, union) are
/// unsupported_model.
ControlNetFile open_controlnet(const std::filesystem::path& path, const OpenOptions& options = {});

}  // namespace diffusion::checkpoint
