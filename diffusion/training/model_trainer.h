#pragma once

// Second stage: text encoder and UNet together, on the autoencoder's latents.

#include <stop_token>

#include "clip/text_encoder.h"
#include "diffusion/training/pack.h"
#include "diffusion/training/training_config.h"
#include "diffusion/training_request.h"
#include "unet/unet.h"

namespace diffusion::training {

/// Latents of all pictures and the vocabulary are made once and kept in the work folder. At the end
/// the average's weights are exported to request.export_folder, if it is named.
/// Returns the held-out loss. Throws Error (missing_file) without an autoencoder.
double train_model(const TrainRequest& request, const TrainingConfig& config, const Pack& pack,
                   torch::Device device, const TrainProgressCallback& report, std::stop_token stop);

}  // namespace diffusion::training
