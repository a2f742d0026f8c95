#pragma once

// The list of the request's fields. Command-line flags, JSON, picture metadata, presets and database
// columns iterate it; a new parameter is one field in request.h and one row here.

#include <optional>
#include <string_view>

#include "diffusion/request.h"

namespace diffusion {

/// Closed interval of a number; what lies outside is a bad request.
struct Range {
    double low;
    double high;
};

/// What a row says of its field beside the member itself.
struct FieldInfo {
    std::string_view name;      ///< JSON key and database column
    std::string_view flag;      ///< command line, without the dashes
    std::string_view infotext;  ///< key in the `parameters` text of a PNG; empty: not a pair of its own
    std::string_view help;      ///< one line of --help
    std::optional<Range> range = std::nullopt;
    /// A number outside range that stands for "choose for me" (0 of width, -1 of seed).
    std::optional<double> automatic = std::nullopt;
};

/// Calls visit(FieldInfo, member pointer) for every field, in the order that faces show.
template <typename Visitor>
void visit_request_fields(Visitor&& visit) {
    using R = GenerationRequest;
    visit(FieldInfo{"prompt", "prompt", "", "what the picture shows"}, &R::prompt);
    visit(FieldInfo{"negative_prompt", "negative", "Negative prompt", "what it should not show"},
          &R::negative_prompt);
    visit(FieldInfo{"model", "model", "Model", "file or folder of the model; default: the one that ships"},
          &R::model);
    visit(FieldInfo{"vae", "vae", "VAE",
                    "file or folder of another autoencoder (VAE or TAESD); default: the model's own"},
          &R::vae);
    visit(FieldInfo{"width", "width", "", "pixels; default: the model's native size", Range{8, 8192}, 0},
          &R::width);
    visit(FieldInfo{"height", "height", "", "pixels; default: the model's native size", Range{8, 8192}, 0},
          &R::height);
    visit(FieldInfo{"steps", "steps", "Steps", "sampling steps", Range{1, 1000}}, &R::steps);
    visit(FieldInfo{"guidance_scale", "cfg", "CFG scale", "how strongly the prompt guides; 1 is not at all",
                    Range{0, 100}},
          &R::guidance_scale);
    visit(FieldInfo{"guidance_rescale", "cfg-rescale", "CFG rescale φ",
                    "share of the guided picture's contrast put back to the unguided one's", Range{0, 1}},
          &R::guidance_rescale);
    visit(FieldInfo{"seed", "seed", "Seed", "number that the noise grows from; default: a new one",
                    Range{0, 9007199254740991.0}, -1},
          &R::seed);
    visit(FieldInfo{"count", "count", "Count", "pictures, from seed, seed + 1, ...", Range{1, 1000}},
          &R::count);
    visit(FieldInfo{"sampler", "sampler", "Sampler", "algorithm; see `atelier samplers`"}, &R::sampler);
    visit(FieldInfo{"schedule", "scheduler", "Schedule type", "list of noise levels; see `atelier samplers`"},
          &R::schedule);
    visit(FieldInfo{"clip_skip", "clip-skip", "Clip skip", "text layer counted from the last", Range{1, 12}},
          &R::clip_skip);
    visit(FieldInfo{"initial_image", "init", "", "picture file to start from"},
          &R::initial_image);
    visit(FieldInfo{"mask", "mask", "",
                    "picture file of the same size: white is made anew, black stays"},
          &R::mask);
    visit(FieldInfo{"denoise_strength", "denoise", "Denoising strength",
                    "how much of the picture to start from may change", Range{0, 1}},
          &R::denoise_strength);
    visit(FieldInfo{"compatibility", "compatibility", "Compatibility",
                    "whose timestep rules to follow: Atelier or diffusers"},
          &R::compatibility);
    visit(FieldInfo{"prompt_template", "template", "Template",
                    "for the record: what the prompt was expanded from"},
          &R::prompt_template);
    visit(FieldInfo{"negative_template", "negative-template", "Negative Template",
                    "for the record: what the negative prompt was expanded from"},
          &R::negative_template);
}

}  // namespace diffusion
