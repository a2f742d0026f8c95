#pragma once

// The one value that holds every input of a picture. Comparable, copyable, free of torch and Qt;
// request_fields.h lists its fields once for every face.

#include <cstdint>
#include <string>

namespace diffusion {

/// A picture (or a row of them) as asked for. An empty model is the one that ships with Atelier, an
/// empty vae the model's own; a width or height of 0 is the model's native one; a negative seed is drawn
/// when the request is submitted, so that what is stored can be repeated. initial_image and mask are
/// picture files of one size; with them the picture is the given one changed, where the mask is white.
struct GenerationRequest {
    std::string model;
    std::string vae;
    std::string prompt;
    std::string negative_prompt;
    int width = 0;
    int height = 0;
    int steps = 20;
    double guidance_scale = 7.0;
    double guidance_rescale = 0.0;
    std::int64_t seed = -1;
    int count = 1;
    std::string sampler = "DPM++ 2M";
    std::string schedule = "Automatic";
    int clip_skip = 1;
    std::string initial_image;
    std::string mask;
    double denoise_strength = 0.75;
    std::string compatibility = "Atelier";

    // What the prompts were drawn from, {a|b} and __words__ as they stood; empty where they were
    // none. For the record: pictures depend on the prompts alone.
    std::string prompt_template;
    std::string negative_template;

    bool operator==(const GenerationRequest&) const = default;
};

}  // namespace diffusion
