#pragma once

// The algorithm of a picture on one screen: words -> conditioning, noise -> latent, step by step,
// latent -> pixels.

#include <functional>
#include <stop_token>

#include "diffusion/engine.h"
#include "diffusion/pipeline/models.h"
#include "diffusion/pipeline/progress_meter.h"
#include "diffusion/pipeline/sampling_setup.h"

namespace diffusion::pipeline {

/// Who listens to a request while it runs.
struct Listener {
    std::function<void(const Result&)> on_picture;  ///< may be empty
    std::stop_token stop;
};

/// Pixels of the pictures asked for, and of the canvas that they are cut from: the next multiple of
/// the model's factor.
struct Extent {
    int width = 0;
    int height = 0;
    std::int64_t latent_width = 0;
    std::int64_t latent_height = 0;
};

Extent extent_of(const GenerationRequest& request, const Models& models);

/// Throws Error (bad_request) naming the first field that is out of its range.
void check_ranges(const GenerationRequest& request);

/// Makes the pictures of a request whose seed is not negative. Throws Error, and Cancelled as soon
/// as the stop_token is set; pictures finished before that were given to on_picture.
void generate(Models& models, const GenerationRequest& request, const SamplingSetup& setup,
              ProgressMeter& meter, const Listener& listener);

}  // namespace diffusion::pipeline
