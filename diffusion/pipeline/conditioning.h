#pragma once

#include "diffusion/pipeline/generate.h"
#include "diffusion/pipeline/predictor.h"

namespace diffusion::pipeline {

/// Encodes prompt and negative prompt as the model's family wants them, sizes included for SDXL.
GuidancePair encode_guidance(Models& models, const GenerationRequest& request, const Extent& extent,
                             bool needs_unconditional);

}  // namespace diffusion::pipeline
