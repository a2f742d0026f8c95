#pragma once

// Whose rules a prompt is read by, as a request's compatibility and emphasis say: the window marks and
// counts by the same rules as the engine encodes. Standard library only.

#include <string_view>

namespace diffusion {

/// What weights in a prompt do to its encoding.
enum class Emphasis {
    original,  ///< scale rows, then restore the mean (A1111)
    no_norm,   ///< scale rows
    ignore,    ///< brackets are read, weights are not used
    none,      ///< brackets are text
    comfy      ///< ComfyUI: away from or toward the empty prompt's encoding
};

/// "Original", "No norm", "Ignore", "None", "ComfyUI".
const char* name_of(Emphasis emphasis);

struct PromptReading {
    Emphasis emphasis = Emphasis::original;
    bool has_grammar = true;  ///< AND, [from:to:when], [a|b] and comments are more than text
    bool is_cut = false;      ///< what doesn't fit into one chunk is left out, as diffusers does
    bool operator==(const PromptReading&) const = default;
};

/// Of a request's fields of these names; an emphasis that is none of the five is the program's own.
PromptReading prompt_reading(std::string_view compatibility, std::string_view emphasis);

}  // namespace diffusion
