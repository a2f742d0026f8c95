#pragma once

// What the parsers of this folder note for prompt_marks.h while they read. Positions are code
// points of the text that the parser was given.

#include "diffusion/text/prompt_marks.h"

#include <string_view>
#include <utility>
#include <vector>

namespace diffusion::marks {

struct Notes {
    std::vector<PromptMark> marks;
    std::vector<PromptFault> faults;
    /// Characters that the later parsers do not see as such.
    std::vector<std::pair<size_t, size_t>> syntax;

    void mark(MarkKind kind, size_t begin, size_t end, double weight = 1.0,
              bool has_number = false) {
        marks.push_back({kind, begin, end, weight, has_number});
    }

    void fault(PromptFaultKind kind, size_t begin, size_t end, std::string expected = {}) {
        faults.push_back({kind, begin, end, std::move(expected), {}});
    }

    void hide(size_t begin, size_t end) { syntax.emplace_back(begin, end); }
};

/// Forgets what a reading that failed has noted; null notes are allowed.
class Attempt {
public:
    explicit Attempt(Notes* notes) : notes_(notes) {
        if (notes_) marks_ = notes_->marks.size(), syntax_ = notes_->syntax.size();
    }

    void undo() const {
        if (!notes_) return;
        notes_->marks.resize(marks_);
        notes_->syntax.resize(syntax_);
    }

private:
    Notes* notes_;
    size_t marks_ = 0;
    size_t syntax_ = 0;
};

void note_comments(std::u32string_view text, Notes& notes);
void note_template(std::u32string_view text, Notes& notes);
void note_networks(std::u32string_view text, Notes& notes);
void note_schedules(std::u32string_view text, Notes& notes);
void note_attention(std::u32string_view text, Notes& notes);
void note_comfy(std::u32string_view text, Notes& notes);

}  // namespace diffusion::marks
