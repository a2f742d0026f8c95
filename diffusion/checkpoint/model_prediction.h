#pragma once

#include "diffusion/checkpoint/model_files.h"

namespace diffusion::checkpoint {

/// The noise that a single-file model was trained on: what the options say, else the file's metadata,
/// its marker tensors, a .yaml beside it, what the weights of SD 2 betray, else the family's habit.
SchedulerConfig detect_scheduler(const TensorTable& file, const TensorTable& unet,
                                 const ModelDescription& description, const OpenOptions& options);

}  // namespace diffusion::checkpoint
