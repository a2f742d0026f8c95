#pragma once

// Where the grammar of a prompt stands in its text, for editors: the parsers of this folder tell it
// while they read, so what is highlighted is what is understood. Standard library only.

#include "diffusion/text/prompt_reading.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace diffusion {

enum class MarkKind {
    weight,       ///< (x), [x], (x:1.3)
    schedule,     ///< [from:to:when]
    alternation,  ///< [a|b]
    network,      ///< <lora:name:1>
    wildcard,     ///< __name__
    variant,      ///< {a|b}, %{wrapper$$inner}
    variable,     ///< ${name}
    keyword,      ///< AND, BREAK
    comment,      ///< # to the end of the line
    idle          ///< brackets and number of a weight that is read and not used
};

/// Code points begin ... end - 1 of the prompt, brackets included.
struct PromptMark {
    MarkKind kind = MarkKind::weight;
    size_t begin = 0;
    size_t end = 0;
    double weight = 1.0;      ///< of MarkKind::weight: its own factor
    bool has_number = false;  ///< of MarkKind::weight: written as (x:1.3)
    bool operator==(const PromptMark&) const = default;
};

enum class PromptFaultKind {
    unclosed,      ///< an opening bracket without a partner: it counts to the end
    unopened,      ///< a closing bracket without a partner: it is text
    not_a_number,  ///< a weight that is none: it is text
    stray_bar,     ///< a "|" outside of brackets: no [from:to:when] of the prompt is read
    bad_template   ///< {a|b} and its kin can't be read
};

/// Something that is read as text although it looks like grammar. Nothing is ever mended.
struct PromptFault {
    PromptFaultKind kind = PromptFaultKind::unclosed;
    size_t begin = 0;  ///< code points
    size_t end = 0;
    std::string expected;  ///< the missing bracket, or what a template needs
    std::string message;   ///< "Character 5: expected ...": a whole sentence
};

struct MarkedPrompt {
    std::vector<PromptMark> marks;    ///< outer ones before those inside them
    std::vector<PromptFault> faults;  ///< in the order of the text
};

struct MarkOptions {
    bool has_templates = true;  ///< {a|b}, __name__ and ${name} are grammar, not text
    bool is_negative = false;   ///< a negative prompt knows neither AND nor networks
    bool has_comments = true;   ///< # hides the rest of its line
    PromptReading reading = {};
    bool operator==(const MarkOptions&) const = default;
};

MarkedPrompt mark_prompt(std::string_view prompt, const MarkOptions& options = {});

}  // namespace diffusion
