#pragma once

// Templates to prompts, as the Dynamic Prompts extension reads them: {a|b}, {2$$a|b|c}, weights,
// __wildcards__, ${variables}, %{wrapper ... $$inner}, # comments. Standard library only.

#include "diffusion/text/wildcards.h"

#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace diffusion {

/// A template that can't be read; position counts code points from 0.
class PromptTemplateError : public std::runtime_error {
public:
    PromptTemplateError(size_t position, const std::string& message);

    size_t position() const { return position_; }

private:
    size_t position_;
};

struct Expansion {
    std::vector<std::string> prompts;
    bool is_complete = true;           ///< false: there are more than were asked for
    std::vector<std::string> missing;  ///< wildcards of which no list is known; they stay as text
};

/// All prompts of a template in order, at most `most`. Throws PromptTemplateError.
Expansion expand_all(std::string_view prompt, const WildcardLibrary& wildcards, size_t most);

/// One prompt; the same for the same seed. Throws PromptTemplateError.
std::string expand_random(std::string_view prompt, const WildcardLibrary& wildcards,
                          std::uint64_t seed);

/// True when the text holds something to expand, so that a plain prompt is never rewritten.
bool is_template(std::string_view prompt);

}  // namespace diffusion
