#include "diffusion/text/dialects.h"

#include "diffusion/text/attention.h"
#include "diffusion/text/comfy_weights.h"
#include "diffusion/text/compel.h"
#include "diffusion/text/prompt_marks.h"

#include <algorithm>
#include <cmath>

namespace diffusion {

namespace {

using Pieces = std::vector<WeightedText>;

/// What all three can say: weighted texts, several of them side by side.
struct Reading {
    std::vector<Pieces> parts;
    std::vector<Untranslatable> in_the_way;

    void refuse(Untranslatable what) {
        if (std::find(in_the_way.begin(), in_the_way.end(), what) == in_the_way.end())
            in_the_way.push_back(what);
    }
};

Reading read_a1111(std::string_view prompt) {
    Reading made;
    for (const auto& mark : mark_prompt(prompt).marks) {
        if (mark.kind == MarkKind::schedule || mark.kind == MarkKind::alternation)
            made.refuse(Untranslatable::schedule);
        if (mark.kind == MarkKind::keyword && mark.end - mark.begin == 3)
            made.refuse(Untranslatable::composition);
    }
    made.parts.emplace_back();
    for (auto& piece : parse_attention(prompt)) {
        if (piece.is_break()) {
            made.parts.emplace_back();
        } else {
            made.parts.back().push_back(std::move(piece));
        }
    }
    return made;
}

Reading read_from_compel(std::string_view prompt) {
    Reading made;
    auto read = read_compel(prompt);
    if (read.join == CompelJoin::blend) made.refuse(Untranslatable::blend);
    for (auto& part : read.parts) {
        if (read.join == CompelJoin::conjunction && part.weight != 1.0)
            made.refuse(Untranslatable::weighted_parts);
        made.parts.push_back(std::move(part.pieces));
    }
    return made;
}

Reading read(std::string_view prompt, Dialect from) {
    switch (from) {
        case Dialect::a1111:
            return read_a1111(prompt);
        case Dialect::compel:
            return read_from_compel(prompt);
        case Dialect::comfyui:
            break;
    }
    return {{parse_comfy_weights(prompt)}, {}};
}

/// Weights to six digits: 1.21, not what 1.1 * 1.1 is in binary.
Pieces rounded(Pieces pieces) {
    for (auto& piece : pieces) piece.weight = std::round(piece.weight * 1e6) / 1e6;
    return pieces;
}

std::string print(const Reading& reading, Dialect to) {
    std::string out;
    for (const auto& read_part : reading.parts) {
        const bool is_first = &read_part == &reading.parts.front();
        const auto part = rounded(read_part);
        if (to == Dialect::comfyui) {
            out += print_comfy(part);
        } else if (to == Dialect::a1111) {
            out += (is_first ? "" : " BREAK ") + print_attention(part);
        } else if (reading.parts.size() == 1) {
            out += print_compel(part);
        } else {
            out += (is_first ? "(\"" : ", \"") + print_compel(part) + "\"";
        }
    }
    return to == Dialect::compel && reading.parts.size() > 1 ? out + ").and()" : out;
}

/// ComfyUI has no BREAK; Compel's parts stand in quotes, so they can't hold any.
bool can_join(const Reading& reading, Dialect to) {
    if (to != Dialect::compel) return to == Dialect::a1111;
    return std::none_of(reading.parts.begin(), reading.parts.end(), [](const Pieces& part) {
        return print_compel(part).find('"') != std::string::npos;
    });
}

}  // namespace

const char* name_of(Dialect dialect) {
    switch (dialect) {
        case Dialect::comfyui:
            return "ComfyUI";
        case Dialect::compel:
            return "Compel";
        case Dialect::a1111:
            break;
    }
    return "A1111";
}

Translation translate(std::string_view prompt, Dialect from, Dialect to) {
    auto reading = read(prompt, from);
    if (reading.parts.size() > 1 && !can_join(reading, to))
        reading.refuse(Untranslatable::chunk_break);
    if (from == to || !reading.in_the_way.empty())
        return {std::string(prompt), std::move(reading.in_the_way)};
    return {print(reading, to), {}};
}

}  // namespace diffusion
