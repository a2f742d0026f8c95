#pragma once

// What the parts of setup_sampling share.

#include "diffusion/pipeline/sampling_setup.h"

namespace diffusion::pipeline {

/// The model's prediction, or the one that the request says. Throws Error (unsupported_model).
sampling::PredictionType prediction_of(const GenerationRequest& request,
                                       const checkpoint::SchedulerConfig& config);

/// No step changes the picture.
void keep_picture(SamplingSetup& setup);

/// Fills in what is diffusers' own; the names and the prediction are set.
/// Throws Error (bad_request) for what diffusers has no class or option for.
void setup_diffusers(SamplingSetup& setup, const GenerationRequest& request,
                     const checkpoint::SchedulerConfig& scheduler, const std::string& schedule);

/// Sigmas, timesteps and start of everyone else.
void setup_schedule(SamplingSetup& setup, const GenerationRequest& request,
                    const sampling::SamplerRow& row, const std::string& schedule, bool is_sdxl);

}  // namespace diffusion::pipeline
