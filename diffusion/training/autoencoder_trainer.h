#pragma once

// First stage: the autoencoder, from principal components on.

#include <filesystem>
#include <stop_token>

#include "diffusion/training/pack.h"
#include "diffusion/training/training_config.h"
#include "diffusion/training_request.h"
#include "vae/patch_autoencoder.h"

namespace diffusion::training {

/// Trains it and writes the average's weights with their scale into <work folder>/vae.
/// Returns its held-out mean square error (of pixels in -1 ... 1).
double train_autoencoder(const TrainRequest& request, const TrainingConfig& config, const Pack& pack,
                         torch::Device device, const TrainProgressCallback& report, std::stop_token stop);

/// What train_autoencoder wrote. Throws Error (missing_file) when the stage has not been run.
vae::PatchAutoencoder load_autoencoder(const std::filesystem::path& work_folder);

/// Sets the scaling factor that gives the latents of these pictures this standard deviation, and the
/// preview matrix that the decoder's patches amount to.
void measure_latents(vae::PatchAutoencoder& autoencoder, const torch::Tensor& pictures, double deviation = 1.0);

}  // namespace diffusion::training
