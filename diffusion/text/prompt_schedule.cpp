#include "diffusion/text/prompt_schedule.h"

#include "clip/unicode.h"
#include "diffusion/text/marks_impl.h"
#include "diffusion/text/scan_impl.h"

#include <algorithm>
#include <cmath>
#include <memory>
#include <optional>
#include <set>

namespace diffusion {

namespace {

namespace unicode = clip::unicode;

constexpr int deepest = 200;

/// A node of the prompt: literal text, or parts of which one is chosen by the step.
struct Node {
    enum class Kind { text, sequence, scheduled, alternate } kind = Kind::sequence;
    std::u32string text;
    std::vector<Node> parts;     // scheduled: before, after
    std::u32string_view number;  // scheduled
    int when = 0;                // scheduled
};

Node text_node(std::u32string_view text) {
    return {Node::Kind::text, std::u32string(text), {}, {}, 0};
}

/// Length of a signed decimal with optional exponent at the front, 0 if there is none.
size_t number_length(std::u32string_view text) {
    const auto digits = [&](size_t at) {
        while (at < text.size() && text[at] >= U'0' && text[at] <= U'9') ++at;
        return at;
    };
    const size_t begin = !text.empty() && (text[0] == U'+' || text[0] == U'-') ? 1 : 0;
    size_t end = digits(begin);
    size_t count = end - begin;
    if (end < text.size() && text[end] == U'.') {
        const size_t fraction = digits(end + 1);
        count += fraction - end - 1;
        end = fraction;
    }
    if (count == 0) return 0;
    if (end < text.size() && (text[end] == U'e' || text[end] == U'E')) {
        const size_t sign =
            end + 1 < text.size() && (text[end + 1] == U'+' || text[end + 1] == U'-');
        const size_t exponent = digits(end + 1 + sign);
        if (exponent > end + 1 + sign) end = exponent;
    }
    return end;
}

class ScheduleParser {
public:
    explicit ScheduleParser(std::u32string_view text, marks::Notes* notes = nullptr)
        : text_(text), notes_(notes) {}

    /// Where the reading ended.
    size_t at() const { return at_; }

    /// The whole prompt; nothing when it can't be read.
    std::optional<Node> run() {
        Node all;
        while (at_ < text_.size()) {
            const auto c = text_[at_];
            if (c == U'[' || c == U'(') {
                const size_t begin = at_;
                const marks::Attempt attempt(notes_);
                if (auto node = bracket(0)) {
                    all.parts.push_back(std::move(*node));
                    continue;
                }
                attempt.undo();
                at_ = begin;
            }
            if (c == U'|') return std::nullopt;
            if (std::u32string_view(U"[]():").find(c) != std::u32string_view::npos) {
                all.parts.push_back(text_node(text_.substr(at_++, 1)));
            } else if (!plain(all)) {
                return std::nullopt;
            }
        }
        return all;
    }

private:
    bool is(char32_t c) const { return at_ < text_.size() && text_[at_] == c; }

    /// A run of text without syntax; false at a backslash that escapes nothing.
    bool plain(Node& into) {
        const size_t begin = at_;
        while (at_ < text_.size()) {
            if (text_[at_] == U'\\') {
                if (at_ + 1 >= text_.size() || text_[at_ + 1] == U'\n') return false;
                at_ += 2;
            } else if (std::u32string_view(U"[]():|").find(text_[at_]) !=
                       std::u32string_view::npos) {
                break;
            } else {
                ++at_;
            }
        }
        into.parts.push_back(text_node(text_.substr(begin, at_ - begin)));
        return true;
    }

    /// Text and balanced brackets, up to what belongs to the bracket around; nothing when a bracket
    /// in it is not balanced.
    std::optional<Node> sequence(int depth) {
        Node node;
        while (at_ < text_.size() && std::u32string_view(U"]):|").find(text_[at_]) == text_.npos) {
            if (is(U'[') || is(U'(')) {
                auto inner = bracket(depth + 1);
                if (!inner) return std::nullopt;
                node.parts.push_back(std::move(*inner));
            } else if (!plain(node)) {
                return std::nullopt;
            }
        }
        return node;
    }

    std::optional<Node> bracket(int depth) {
        if (depth > deepest) return std::nullopt;
        return is(U'(') ? round(depth) : square(depth);
    }

    /// "(a)" or "(a:b)": kept as text around what is inside.
    std::optional<Node> round(int depth) {
        Node node;
        node.parts.push_back(text_node(text_.substr(at_++, 1)));
        for (int part = 0; part < 2; ++part) {
            auto inner = sequence(depth);
            if (!inner || at_ >= text_.size()) return std::nullopt;
            node.parts.push_back(std::move(*inner));
            const bool is_closing = is(U')');
            if (!is_closing && (!is(U':') || part == 1)) return std::nullopt;
            node.parts.push_back(text_node(text_.substr(at_++, 1)));
            if (is_closing) return node;
        }
        return std::nullopt;
    }

    void hide(size_t begin, size_t end) {
        if (notes_) notes_->hide(begin, end);
    }

    std::optional<Node> square(int depth) {
        const size_t opened = at_++;
        auto first = sequence(depth);
        if (!first) return std::nullopt;
        if (is(U']')) {
            ++at_;
            Node node;
            node.parts.push_back(text_node(U"["));
            node.parts.push_back(std::move(*first));
            node.parts.push_back(text_node(U"]"));
            return node;
        }
        const bool is_alternation = is(U'|');
        if (!is_alternation && !is(U':')) return std::nullopt;
        auto node = is_alternation ? alternate(std::move(*first), depth)
                                   : scheduled(std::move(*first), depth);
        if (node && notes_) {
            notes_->mark(is_alternation ? MarkKind::alternation : MarkKind::schedule, opened, at_);
            notes_->hide(opened, opened + 1);
        }
        return node;
    }

    std::optional<Node> alternate(Node first, int depth) {
        Node node;
        node.kind = Node::Kind::alternate;
        node.parts.push_back(std::move(first));
        while (is(U'|')) {
            hide(at_, at_ + 1);
            ++at_;
            auto next = sequence(depth);
            if (!next) return std::nullopt;
            node.parts.push_back(std::move(*next));
        }
        if (!is(U']')) return std::nullopt;
        hide(at_, at_ + 1);
        ++at_;
        return node;
    }

    /// After the first colon's text: "when]" or "to:when]".
    std::optional<Node> scheduled(Node first, int depth) {
        Node node;
        node.kind = Node::Kind::scheduled;
        if (!when(node)) {
            hide(at_, at_ + 1);
            ++at_;
            auto second = sequence(depth);
            if (!second || !is(U':') || !when(node)) return std::nullopt;
            node.parts = {std::move(first), std::move(*second)};
        } else {
            node.parts = {Node{}, std::move(first)};
        }
        return node;
    }

    /// ": number ]"; moves only when it is there.
    bool when(Node& node) {
        const size_t begin = scan::skip_spaces(text_, at_ + 1);
        const size_t length = number_length(text_.substr(begin));
        const size_t end = scan::skip_spaces(text_, begin + length);
        if (length == 0 || end >= text_.size() || text_[end] != U']') return false;
        node.number = text_.substr(begin, length);
        hide(at_, end + 1);
        at_ = end + 1;
        return true;
    }

    std::u32string_view text_;
    marks::Notes* notes_;
    size_t at_ = 0;
};

/// Turns the numbers into steps and collects where the text may change.
class Timeline {
public:
    explicit Timeline(const ScheduleSteps& steps) : steps_(steps) {
        const bool is_second = steps.hires_steps > 0 && !steps.has_old_timelines;
        length_ = is_second ? steps.hires_steps : steps.steps;
        first_fraction_ = is_second ? 1.0 : 0.0;
        first_step_ = is_second ? steps.steps : 0;
        ends_.insert(length_);
    }

    void place(Node& node) {
        for (auto& part : node.parts) place(part);
        if (node.kind == Node::Kind::alternate) {
            for (int step = 1; step <= length_; ++step) ends_.insert(step);
        } else if (node.kind == Node::Kind::scheduled) {
            node.when = step_of(node.number);
            if (node.when >= 1) ends_.insert(node.when);
        }
    }

    const std::set<int>& ends() const { return ends_; }

private:
    int step_of(std::u32string_view number) const {
        double value = scan::read_number(number, true).value_or(0.0);
        if (steps_.has_old_timelines) {
            if (value < 1) value *= length_;
        } else if (number.find(U'.') != number.npos) {
            value = (value - first_fraction_) * length_;
        } else {
            value -= first_step_;
        }
        return static_cast<int>(std::clamp(std::trunc(value), -1e9, static_cast<double>(length_)));
    }

    ScheduleSteps steps_;
    int length_ = 0;
    double first_fraction_ = 0;
    int first_step_ = 0;
    std::set<int> ends_;
};

void write(const Node& node, int step, std::u32string& out) {
    switch (node.kind) {
        case Node::Kind::text:
            out += node.text;
            return;
        case Node::Kind::sequence:
            for (const auto& part : node.parts) write(part, step, out);
            return;
        case Node::Kind::scheduled:
            write(node.parts[step <= node.when ? 0 : 1], step, out);
            return;
        case Node::Kind::alternate:
            write(node.parts[static_cast<size_t>(step - 1) % node.parts.size()], step, out);
            return;
    }
}

}  // namespace

void marks::note_schedules(std::u32string_view text, Notes& notes) {
    const Attempt attempt(&notes);
    ScheduleParser parser(text, &notes);
    if (parser.run()) return;
    attempt.undo();
    // Without a square bracket there is nothing that the bar spoils.
    const size_t at = parser.at();
    if (at < text.size() && text[at] == U'|' && text.find(U'[') != text.npos)
        notes.fault(PromptFaultKind::stray_bar, at, at + 1);
}

std::vector<ScheduledText> schedule_prompt(std::string_view prompt, const ScheduleSteps& steps) {
    const auto text = unicode::decode(prompt);
    auto tree = ScheduleParser(text).run();
    Timeline timeline(steps);
    if (!tree) return {{*timeline.ends().rbegin(), std::string(prompt)}};
    timeline.place(*tree);
    std::vector<ScheduledText> entries;
    for (const int end : timeline.ends()) {
        std::u32string shown;
        write(*tree, end, shown);
        entries.push_back({end, unicode::encode(shown)});
    }
    return entries;
}

size_t entry_for_call(std::span<const ScheduledText> entries, int call) {
    for (size_t i = 0; i < entries.size(); ++i)
        if (call <= entries[i].end_step) return i;
    return entries.empty() ? 0 : entries.size() - 1;
}

}  // namespace diffusion
