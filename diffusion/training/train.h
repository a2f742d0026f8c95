#pragma once

// Training as the door offers it.

#include <stop_token>

#include "diffusion/training/pack_folder.h"
#include "diffusion/training_request.h"

namespace diffusion::training {

/// Runs the request's stage. Throws Error: missing_file, corrupt_file, bad_request, cannot_write.
/// A set stop saves the state and returns.
void train(const TrainRequest& request, const TrainProgressCallback& report, std::stop_token stop);

}  // namespace diffusion::training
