#include "diffusion/text/weight_edit.h"

#include "clip/unicode.h"
#include "diffusion/text/prompt_marks.h"
#include "diffusion/text/scan_impl.h"

#include <algorithm>
#include <cmath>

namespace diffusion {

namespace {

namespace unicode = clip::unicode;

constexpr double highest = 10.0;

/// To two digits: sums of 0.1 don't grow tails.
double stepped(double weight, double step) {
    return std::clamp(std::round((weight + step) * 100) / 100, 0.0, highest);
}

bool ends_word(char32_t c) {
    return unicode::is_space(c) ||
           std::u32string_view(U".,;:!?()[]{}<>|\"\\").find(c) != std::u32string_view::npos;
}

/// The innermost weight or network around the selection.
std::optional<PromptMark> mark_around(std::string_view prompt, size_t begin, size_t end) {
    std::optional<PromptMark> found;
    for (const auto& mark : mark_prompt(prompt).marks) {
        const bool is_inside = mark.begin <= begin && end <= mark.end &&
                               (begin != end || (begin > mark.begin && begin < mark.end));
        if (is_inside && (mark.kind == MarkKind::weight || mark.kind == MarkKind::network))
            found = mark;
    }
    return found;
}

WeightEdit written(size_t begin, size_t end, std::u32string_view inner, double weight) {
    if (weight == 1.0)
        return {begin, end, unicode::encode(inner), begin, begin + inner.size()};
    const auto text = "(" + unicode::encode(inner) + ":" + scan::write_number(weight) + ")";
    return {begin, end, text, begin + 1, begin + 1 + inner.size()};
}

/// "(x:1.2)" and "(x)"; the number and its colon are not part of x.
WeightEdit change_bracket(std::u32string_view text, const PromptMark& mark, double step) {
    auto inner = text.substr(mark.begin + 1, mark.end - mark.begin - 2);
    if (mark.has_number) inner = inner.substr(0, inner.rfind(U':'));
    return written(mark.begin, mark.end, inner, stepped(mark.weight, step));
}

/// "<lora:name:0.8>": the item behind the name, or a new one.
std::optional<WeightEdit> change_network(std::u32string_view text, const PromptMark& mark,
                                         double step) {
    const auto tag = text.substr(mark.begin + 1, mark.end - mark.begin - 2);
    const auto name = tag.find(U':') + 1;
    const auto name_end = std::min(tag.find(U':', name), tag.size());
    const auto number = std::min(name_end + 1, tag.size());
    const auto number_end = std::min(tag.find(U':', number), tag.size());
    const auto value = scan::read_float(tag.substr(number, number_end - number));
    if (!value && number < tag.size()) return std::nullopt;
    const auto digits = ":" + scan::write_number(stepped(value.value_or(1.0), step));
    const size_t begin = mark.begin + 1 + name_end;
    return WeightEdit{begin, mark.begin + 1 + number_end, digits, mark.begin + 1 + name,
                      mark.begin + 1 + name_end};
}

}  // namespace

std::optional<WeightEdit> change_weight(std::string_view prompt, size_t begin, size_t end,
                                        double step) {
    const auto decoded = unicode::decode(prompt);
    const std::u32string_view text = decoded;
    end = std::min(end, text.size());
    begin = std::min(begin, end);
    while (begin < end && unicode::is_space(text[begin])) ++begin;
    while (end > begin && unicode::is_space(text[end - 1])) --end;
    if (const auto mark = mark_around(prompt, begin, end)) {
        const bool is_whole = begin == mark->begin + 1 || begin == mark->begin || begin == end;
        if (mark->kind == MarkKind::network) return change_network(text, *mark, step);
        if (is_whole && text[mark->begin] == U'(') return change_bracket(text, *mark, step);
    }
    if (begin == end) {
        while (begin > 0 && !ends_word(text[begin - 1])) --begin;
        while (end < text.size() && !ends_word(text[end])) ++end;
    }
    if (begin == end) return std::nullopt;
    return written(begin, end, text.substr(begin, end - begin), stepped(1.0, step));
}

}  // namespace diffusion
