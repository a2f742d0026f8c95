#pragma once

#include <filesystem>
#include <string>

#include "vae/latent_codec.h"

namespace diffusion::pipeline {

/// Whether an autoencoder from another file can be meant for the latents that the model's own makes. Those
/// of SD and of SDXL have the same shapes; with the wrong one the picture has wrong colours and no error.
/// Told by their scales, and by the layers next to the latent: autoencoders that were trained on from one
/// another have them nearly in common, others have nothing. A sentence for the user, or empty. The
/// distilled ones (TAESD) can't be judged by this.
std::string misfit(const vae::LatentCodec& own, const vae::LatentCodec& chosen,
                   const std::filesystem::path& path);

}  // namespace diffusion::pipeline
