#include "diffusion/text/prompt_reading.h"

namespace diffusion {

namespace {

Emphasis own_emphasis(std::string_view compatibility) {
    if (compatibility == "ComfyUI") return Emphasis::comfy;
    return compatibility == "diffusers" ? Emphasis::none : Emphasis::original;
}

Emphasis emphasis_named(std::string_view name, Emphasis otherwise) {
    for (const auto emphasis : {Emphasis::original, Emphasis::no_norm, Emphasis::ignore,
                                Emphasis::none, Emphasis::comfy})
        if (name == name_of(emphasis)) return emphasis;
    return otherwise;
}

}  // namespace

const char* name_of(Emphasis emphasis) {
    switch (emphasis) {
        case Emphasis::original:
            return "Original";
        case Emphasis::no_norm:
            return "No norm";
        case Emphasis::ignore:
            return "Ignore";
        case Emphasis::none:
            return "None";
        case Emphasis::comfy:
            return "ComfyUI";
    }
    return "Original";
}

PromptReading prompt_reading(std::string_view compatibility, std::string_view emphasis) {
    PromptReading reading;
    reading.emphasis = emphasis_named(emphasis, own_emphasis(compatibility));
    // Who chooses another emphasis for diffusers wants that program's reading, long prompts included.
    const bool is_plain = compatibility == "diffusers" && reading.emphasis == Emphasis::none;
    reading.has_grammar = reading.emphasis != Emphasis::comfy && !is_plain;
    reading.is_cut = is_plain;
    return reading;
}

}  // namespace diffusion
