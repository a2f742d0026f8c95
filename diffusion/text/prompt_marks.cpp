#include "diffusion/text/prompt_marks.h"

#include "clip/unicode.h"
#include "diffusion/text/marks_impl.h"
#include "diffusion/text/prompt_expander.h"
#include "diffusion/text/scan_impl.h"

#include <algorithm>

namespace diffusion {

namespace {

namespace unicode = clip::unicode;
using marks::Notes;

void hide(std::u32string& text, Notes& notes) {
    for (const auto& [begin, end] : notes.syntax)
        std::fill(text.begin() + static_cast<long>(begin), text.begin() + static_cast<long>(end),
                  U' ');
    notes.syntax.clear();
}

void note_keyword(std::u32string_view text, std::u32string_view word, Notes& notes) {
    for (size_t at = scan::find_word(text, word); at != text.npos;
         at = scan::find_word(text, word, at + word.size()))
        notes.mark(MarkKind::keyword, at, at + word.size());
}

std::string message_of(const PromptFault& fault, std::u32string_view prompt) {
    const auto found = "\"" + unicode::encode(prompt.substr(fault.begin, fault.end - fault.begin)) +
                       "\"";
    const auto place = "Character " + std::to_string(fault.begin + 1) + ": ";
    switch (fault.kind) {
        case PromptFaultKind::unclosed:
            return place + "expected \"" + fault.expected + "\" for the " + found +
                   ", found the end.";
        case PromptFaultKind::unopened:
            return place + "expected \"" + fault.expected + "\" before the " + found + ".";
        case PromptFaultKind::not_a_number:
            return place + "expected a number, found " + found + ".";
        case PromptFaultKind::stray_bar:
            return place + "expected \"|\" inside of [ ], found it outside.";
        case PromptFaultKind::bad_template:
            break;
    }
    return fault.expected;
}

/// Nothing but the text between them counts.
void idle_weights(std::u32string_view text, Notes& notes) {
    std::vector<PromptMark> shown;
    for (auto mark : notes.marks) {
        if (mark.kind != MarkKind::weight) {
            shown.push_back(mark);
            continue;
        }
        const size_t tail = mark.has_number ? text.rfind(U':', mark.end - 1) : mark.end - 1;
        shown.push_back({MarkKind::idle, mark.begin, mark.begin + 1});
        shown.push_back({MarkKind::idle, tail, mark.end});
    }
    notes.marks = std::move(shown);
}

void note_weights(std::u32string_view text, Emphasis emphasis, Notes& notes) {
    if (emphasis == Emphasis::none) return;
    if (emphasis == Emphasis::comfy) return marks::note_comfy(text, notes);
    marks::note_attention(text, notes);
    if (emphasis == Emphasis::ignore) idle_weights(text, notes);
}

}  // namespace

MarkedPrompt mark_prompt(std::string_view prompt, const MarkOptions& options) {
    const auto whole = unicode::decode(prompt);
    const auto emphasis = options.reading.emphasis;
    const bool has_grammar = options.reading.has_grammar;
    auto text = whole;
    Notes notes;
    if (options.has_comments && has_grammar) marks::note_comments(text, notes);
    hide(text, notes);
    if (options.has_templates && is_template(unicode::encode(text))) {
        marks::note_template(text, notes);
        hide(text, notes);
    }
    if (!options.is_negative) {
        marks::note_networks(text, notes);
        hide(text, notes);
        if (has_grammar) note_keyword(text, U"AND", notes);
    }
    // Where brackets are text, the text is one piece.
    if (has_grammar && emphasis != Emphasis::none) note_keyword(text, U"BREAK", notes);
    if (has_grammar) marks::note_schedules(text, notes);
    hide(text, notes);
    note_weights(text, emphasis, notes);

    const auto comes_first = [](const PromptMark& a, const PromptMark& b) {
        return a.begin != b.begin ? a.begin < b.begin : a.end > b.end;
    };
    std::stable_sort(notes.marks.begin(), notes.marks.end(), comes_first);
    std::stable_sort(notes.faults.begin(), notes.faults.end(),
                     [](const auto& a, const auto& b) { return a.begin < b.begin; });
    for (auto& fault : notes.faults) fault.message = message_of(fault, whole);
    return {std::move(notes.marks), std::move(notes.faults)};
}

}  // namespace diffusion
