#pragma once

// Whose rules a picture follows where the known programs differ: the same prompt, seed and settings
// make another picture in each of them.

#include <string_view>

#include "diffusion/request.h"
#include "diffusion/sampling/noise.h"
#include "diffusion/sampling/schedule.h"
#include "diffusion/text/prompt_reading.h"

namespace diffusion::pipeline {

struct Profile {
    std::string_view name;             ///< GenerationRequest::compatibility
    sampling::Compatibility program;
    sampling::NoiseStream stream;      ///< where random_source is Automatic
    bool rounds_timesteps = false;     ///< the network is told the nearest training step
    bool draws_batch_at_once = false;  ///< one generator for all pictures, not one for each
};

/// Throws Error (bad_request) that names the field.
const Profile& profile_of(const GenerationRequest& request);

sampling::NoiseStream stream_of(const GenerationRequest& request);

/// How the request's prompts are read.
PromptReading reading_of(const GenerationRequest& request);

/// The request with random_source and emphasis as the profile has them where they are Automatic.
GenerationRequest with_profile_rules(GenerationRequest request);

/// Throws Error (bad_request) naming the first field that asks for what the profile's program can't
/// do, so that none is ignored in silence.
void check_profile(const GenerationRequest& request);

}  // namespace diffusion::pipeline
