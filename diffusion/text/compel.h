#pragma once

// Prompts as Compel and InvokeAI write them: word+, (a phrase)1.3, "a phrase"--, and
// ("one", "two").blend(0.7, 0.3) or .and(). Standard library only.

#include "diffusion/text/attention.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace diffusion {

/// Every + multiplies by 1.1, every - by 0.9, a number sets the factor; brackets multiply. A mark
/// counts after a word, a quote or a bracket and before white space, punctuation or the end.
std::vector<WeightedText> parse_compel(std::string_view prompt);

/// The text whose parse_compel gives these pieces again.
std::string print_compel(std::span<const WeightedText> pieces);

enum class CompelJoin { none, blend, conjunction };

struct CompelPart {
    std::vector<WeightedText> pieces;
    double weight = 1.0;
};

/// Several prompts in one: blend mixes their encodings by weight, a conjunction lays them side by
/// side.
struct CompelPrompt {
    CompelJoin join = CompelJoin::none;
    std::vector<CompelPart> parts;  ///< at least one
    bool is_normalized = true;      ///< blend without "no_normalize"
};

CompelPrompt read_compel(std::string_view prompt);

}  // namespace diffusion
