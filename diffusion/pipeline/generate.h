#pragma once

// The algorithm of a picture on one screen: words -> conditioning, noise (and a given picture) ->
// latent, step by step, latent -> pixels.

#include <functional>
#include <stop_token>

#include "diffusion/engine.h"
#include "diffusion/pipeline/extent.h"
#include "diffusion/pipeline/given_picture.h"
#include "diffusion/pipeline/models.h"
#include "diffusion/pipeline/preview_decoder.h"
#include "diffusion/pipeline/progress_meter.h"
#include "diffusion/pipeline/prompt_networks.h"
#include "diffusion/pipeline/sampling_setup.h"

namespace diffusion::pipeline {

/// Who listens to a request while it runs.
struct Listener {
    std::function<void(const Result&)> on_picture;  ///< may be empty
    std::stop_token stop;
    std::function<void(const std::string&)> on_warning = {};  ///< may be empty
    bool wants_previews = true;
    PreviewMaker preview = {};  ///< empty: the model's own autoencoder makes previews
    Interruption from = {};  ///< an empty journal keeps nothing
    std::string origin = {}; ///< what the journal's answers depend on beside the request
    int pictures_at_once = 1;
    bool splits_batch = false;  ///< one text and one picture at a time
};

Extent extent_of(const GenerationRequest& request, const Models& models);

/// Throws Error (bad_request) naming the first field that is out of its range.
void check_ranges(const GenerationRequest& request);

/// Makes the pictures of a request whose seed is not negative; images and networks are those that it
/// names.
/// Throws Error, and Cancelled as soon as the stop_token is set; pictures finished before that were
/// given to on_picture.
void generate(Models& models, const GenerationRequest& request, const SamplingSetup& setup,
              const GivenImages& images, PromptNetworks& networks, ProgressMeter& meter,
              const Listener& listener);

}  // namespace diffusion::pipeline
