#pragma once

// Changing a weight in a prompt by a key, as A1111 does with Ctrl+Up and Ctrl+Down. Standard
// library only.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace diffusion {

/// Code points begin ... end - 1 of the prompt are replaced by text; then those of `selected` in
/// the new prompt are selected, so that the next press changes the same weight.
struct WeightEdit {
    size_t begin = 0;
    size_t end = 0;
    std::string text;
    size_t selected_begin = 0;
    size_t selected_end = 0;
};

/// Adds `step` to the weight around the selection: that of the innermost (x:1.2) or (x), or of a
/// <lora:x:0.8>; where there is none, the selected text or the word at the cursor gets one. A
/// weight of 1 leaves the text without brackets. Nothing where no word stands.
std::optional<WeightEdit> change_weight(std::string_view prompt, size_t begin, size_t end,
                                        double step);

}  // namespace diffusion
