#pragma once

// The same emphasis in another program's writing. Standard library only.

#include <string>
#include <string_view>
#include <vector>

namespace diffusion {

/// Who writes a prompt like this.
enum class Dialect { a1111, comfyui, compel };

/// "A1111", "ComfyUI", "Compel".
const char* name_of(Dialect dialect);

/// What a prompt holds that the other dialect can't say.
enum class Untranslatable {
    schedule,         ///< [from:to:when], [a|b]
    composition,      ///< AND
    chunk_break,      ///< BREAK
    blend,            ///< ("a", "b").blend(0.7, 0.3)
    weighted_parts,   ///< ("a", "b").and(1, 0.5)
};

struct Translation {
    std::string text;                         ///< the prompt as it was when something is in the way
    std::vector<Untranslatable> in_the_way;   ///< empty: text means the same in the other dialect
};

/// Weights, escapes and BREAK (Compel's .and()) become the other dialect's; networks, wildcards and
/// templates are text that stays.
Translation translate(std::string_view prompt, Dialect from, Dialect to);

}  // namespace diffusion
