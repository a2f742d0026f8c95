#pragma once

// Emphasis as A1111 writes it: (more), [less], (exact:1.3), escapes, BREAK. Standard library only.

#include <string>
#include <string_view>
#include <vector>

namespace diffusion {

/// A run of text with one weight. The word BREAK outside brackets is a piece by itself with weight
/// -1: what follows begins a new chunk.
struct WeightedText {
    std::string text;
    double weight = 1.0;

    bool is_break() const { return weight == -1.0 && text == "BREAK"; }

    bool operator==(const WeightedText&) const = default;
};

/// ( ) multiply by 1.1, [ ] divide by it, (x:w) multiplies by w; nesting multiplies. A bracket
/// without a partner counts to the end of the text (opening) or is literal (closing); a weight that
/// is not a number is literal. Never empty: an empty prompt is one empty piece.
std::vector<WeightedText> parse_attention(std::string_view prompt);

/// The text whose parse_attention gives these pieces again.
std::string print_attention(const std::vector<WeightedText>& pieces);

}  // namespace diffusion
