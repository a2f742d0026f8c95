#include "clip/unicode.h"
#include "diffusion/text/prompt_expander.h"
#include "diffusion/text/marks_impl.h"
#include "diffusion/text/scan_impl.h"
#include "diffusion/text/template_impl.h"

#include <algorithm>
#include <cmath>

namespace diffusion::templates {

namespace {

namespace unicode = clip::unicode;

constexpr int deepest = 100;

/// Where a text stands decides which characters end it.
enum class Place { top, variant, path };

class TemplateParser {
public:
    explicit TemplateParser(std::u32string_view text, marks::Notes* notes = nullptr)
        : text_(text), notes_(notes) {}

    NodePtr run() {
        auto tree = sequence(Place::top, 0);
        if (at_ < text_.size()) fail(at_, "expected text");
        return tree;
    }

private:
    [[noreturn]] void fail(size_t position, const std::string& expected) const {
        const auto found = position < text_.size()
                               ? "found \"" + unicode::encode(text_.substr(position, 20)) + "\""
                               : std::string("found the end");
        throw PromptTemplateError(position, "Character " + std::to_string(position + 1) + ": " +
                                                expected + ", " + found + ".");
    }

    bool is(std::u32string_view wanted) const { return text_.substr(at_).starts_with(wanted); }

    bool take(std::u32string_view wanted) {
        if (!is(wanted)) return false;
        at_ += wanted.size();
        return true;
    }

    void expect(std::u32string_view wanted, size_t opened) {
        if (!take(wanted))
            fail(at_, "expected \"" + unicode::encode(wanted) + "\" for the \"" +
                          unicode::encode(text_.substr(opened, 1)) + "\" at character " +
                          std::to_string(opened + 1));
    }

    void note(MarkKind kind, size_t begin) {
        if (notes_) notes_->mark(kind, begin, at_);
    }

    void hide(size_t begin) {
        if (notes_) notes_->hide(begin, at_);
    }

    void skip_spaces() { at_ = scan::skip_spaces(text_, at_); }

    /// "# ...", "// ..." and "/* ... */" before anything else; the line break stays.
    void skip_comments() {
        while (at_ < text_.size()) {
            if (is(U"#") || is(U"//")) {
                at_ = std::min(text_.find(U'\n', at_), text_.size());
            } else if (is(U"/*") && text_.find(U"*/", at_ + 2) != text_.npos) {
                at_ = text_.find(U"*/", at_ + 2) + 2;
            } else {
                return;
            }
        }
    }

    NodePtr sequence(Place place, int depth) {
        if (depth > deepest) fail(at_, "expected fewer brackets inside one another");
        std::vector<NodePtr> parts;
        while (true) {
            if (place != Place::path) skip_comments();
            auto part = chunk(place, depth);
            if (!part) break;
            parts.push_back(std::move(part));
        }
        if (parts.size() == 1) return parts[0];
        auto node = std::make_shared<Node>();
        node->kind = Node::Kind::sequence;
        node->parts = std::move(parts);
        return node;
    }

    NodePtr chunk(Place place, int depth) {
        if (at_ >= text_.size()) return nullptr;
        if (is(U"${")) return variable(place, depth);
        if (is(U"%{") && place != Place::path) return wrap(depth);
        if (is(U"{")) return variant(depth);
        if (is(U"__") && place != Place::path)
            if (auto node = wildcard(depth)) return node;
        return text(place);
    }

    bool ends_text(Place place) const {
        const auto c = text_[at_];
        if (c == U'#' || c == U'{' || is(U"${") || is(U"%{")) return true;
        if (place == Place::path) return c == U'(' || c == U')' || c == U'}' || is(U"__");
        return place == Place::variant && (c == U'|' || c == U'}' || is(U"$$"));
    }

    /// Runs of text on both sides of a comment are joined by a space.
    NodePtr text(Place place) {
        std::string joined;
        bool is_first = true;
        while (at_ < text_.size()) {
            if (!is_first && place != Place::path) skip_comments();
            const size_t begin = at_;
            while (at_ < text_.size() && !ends_text(place) && !(at_ > begin && is(U"__"))) ++at_;
            if (at_ == begin) break;
            if (!is_first) joined += ' ';
            joined += unicode::encode(text_.substr(begin, at_ - begin));
            is_first = false;
            if (at_ < text_.size() && text_[at_] != U'#') break;
        }
        return is_first ? nullptr : literal(joined);
    }

    std::optional<Sampling> sampling() {
        if (take(U"~")) return Sampling::random;
        if (take(U"!")) return Sampling::combinatorial;
        if (take(U"@")) return Sampling::cyclic;
        return std::nullopt;
    }

    std::optional<int> integer() {
        size_t end = at_;
        while (end < text_.size() && text_[end] >= U'0' && text_[end] <= U'9') ++end;
        const auto value = scan::read_number(text_.substr(at_, end - at_));
        if (!value || *value > 1e6) return std::nullopt;
        at_ = end;
        return static_cast<int>(*value);
    }

    /// "2$$", "1-3$$", "-3$$", "2-$$", then maybe "separator$$".
    void bounds(Node& node) {
        const size_t begin = at_;
        const auto lower = integer();
        const bool has_hyphen = take(U"-");
        const auto upper = has_hyphen ? integer() : lower;
        if ((!lower && !upper) || !take(U"$$")) {
            at_ = begin;
            return;
        }
        node.least = lower.value_or(1);
        node.most = upper.value_or(-1);  // -1: all of them, known after the options
        const auto end = text_.find_first_of(U"${}", at_);
        if (end != text_.npos && end > at_ && text_.substr(end).starts_with(U"$$")) {
            node.separator = unicode::encode(text_.substr(at_, end - at_));
            at_ = end + 2;
        }
    }

    double weight() {
        const size_t begin = at_;
        size_t end = at_ + (is(U"+") || is(U"-") ? 1 : 0);
        while (end < text_.size() &&
               (text_[end] == U'.' || (text_[end] >= U'0' && text_[end] <= U'9')))
            ++end;
        const auto value = scan::read_number(text_.substr(begin, end - begin));
        if (!value || !text_.substr(end).starts_with(U"::")) return 1.0;
        at_ = end + 2;
        return *value;
    }

    NodePtr variant(int depth) {
        const size_t opened = at_;
        size_t syntax = at_++;
        auto node = std::make_shared<Node>();
        node->kind = Node::Kind::variant;
        skip_spaces();
        node->sampling = sampling();
        bounds(*node);
        do {
            skip_spaces();
            const double option_weight = weight();
            hide(syntax);
            node->options.push_back({sequence(Place::variant, depth + 1), option_weight});
            skip_spaces();
            syntax = at_;
        } while (take(U"|"));
        expect(U"}", opened);
        hide(syntax);
        note(MarkKind::variant, opened);
        if (node->most < 0) node->most = static_cast<int>(node->options.size());
        if (node->least > node->most) std::swap(node->least, node->most);
        return node;
    }

    /// nullptr and unmoved when the underscores are only text.
    NodePtr wildcard(int depth) {
        const size_t begin = at_;
        const marks::Attempt attempt(notes_);
        at_ += 2;
        auto node = std::make_shared<Node>();
        node->kind = Node::Kind::wildcard;
        node->sampling = sampling();
        node->parts.push_back(sequence(Place::path, depth + 1));
        const size_t after_path = at_;
        skip_spaces();
        if (is(U"(") && text_.find(U')', at_) != text_.npos) {
            const auto end = text_.find(U')', ++at_);
            read_variables(text_.substr(at_, end - at_), *node);
            at_ = end + 1;
        } else {
            at_ = after_path;
        }
        const bool is_empty =
            node->parts[0]->kind == Node::Kind::sequence && node->parts[0]->parts.empty();
        if (!is_empty && take(U"__")) {
            note(MarkKind::wildcard, begin);
            hide(begin);
            return node;
        }
        attempt.undo();
        at_ = begin;
        return nullptr;
    }

    static void read_variables(std::u32string_view spec, Node& node) {
        while (!spec.empty()) {
            const auto comma = std::min(spec.find(U','), spec.size());
            const auto pair = spec.substr(0, comma);
            spec.remove_prefix(std::min(comma + 1, spec.size()));
            const auto equals = std::min(pair.find(U'='), pair.size());
            const auto value = pair.substr(std::min(equals + 1, pair.size()));
            node.variables.push_back({unicode::encode(scan::trim(pair.substr(0, equals))),
                                      parse_template(unicode::encode(scan::trim(value)))});
        }
    }

    std::string name() {
        const auto belongs = [&](char32_t c) {
            const bool is_letter = (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z');
            return is_letter || c == U'_' || c == U'-' || (c >= U'0' && c <= U'9');
        };
        const size_t begin = at_;
        while (at_ < text_.size() && belongs(text_[at_])) ++at_;
        if (at_ == begin) fail(begin, "expected a variable's name");
        return unicode::encode(text_.substr(begin, at_ - begin));
    }

    NodePtr variable(Place place, int depth) {
        const size_t opened = at_;
        at_ += 2;
        auto node = std::make_shared<Node>();
        skip_spaces();
        node->text = name();
        skip_spaces();
        const bool is_assignment = is(U"=") || is(U"?=");
        node->kind = is_assignment ? Node::Kind::assignment : Node::Kind::access;
        if (is_assignment) {
            if (place != Place::top) fail(at_, "expected \"}\": a variable is set outside of {}");
            node->keeps_existing = take(U"?");
            take(U"=");
            node->is_immediate = take(U"!");
            skip_spaces();
            node->parts.push_back(sequence(Place::variant, depth + 1));
        } else if (take(U":")) {
            skip_spaces();
            node->parts.push_back(sequence(Place::variant, depth + 1));
            if (place == Place::path && node->parts[0]->kind == Node::Kind::literal)
                node->parts[0] =
                    literal(unicode::encode(scan::trim(unicode::decode(node->parts[0]->text))));
        } else if (place == Place::path) {
            node->parts.push_back(literal(node->text));
        }
        skip_spaces();
        expect(U"}", opened);
        note(MarkKind::variable, opened);
        hide(opened);
        return node;
    }

    NodePtr wrap(int depth) {
        const size_t opened = at_;
        at_ += 2;
        auto node = std::make_shared<Node>();
        node->kind = Node::Kind::wrap;
        skip_spaces();
        hide(opened);
        node->parts.push_back(sequence(Place::variant, depth + 1));
        size_t syntax = at_;
        expect(U"$$", opened);
        skip_spaces();
        hide(syntax);
        node->parts.push_back(sequence(Place::variant, depth + 1));
        syntax = at_;
        expect(U"}", opened);
        hide(syntax);
        note(MarkKind::variant, opened);
        return node;
    }

    std::u32string_view text_;
    marks::Notes* notes_;
    size_t at_ = 0;
};

}  // namespace

std::string Node::signature() const {
    std::string out = std::to_string(static_cast<int>(kind)) + ":" +
                      (sampling ? std::to_string(static_cast<int>(*sampling)) : "-") + ":" +
                      std::to_string(text.size()) + ":" + text + ":" + std::to_string(least) + "-" +
                      std::to_string(most) + separator + "(";
    for (const auto& part : parts) out += part->signature() + ",";
    for (const auto& option : options)
        out += std::to_string(option.weight) + "*" + option.value->signature() + "|";
    for (const auto& variable : variables)
        out += variable.name + "=" + variable.value->signature() + ";";
    return out + ")" + (is_immediate ? "!" : "") + (keeps_existing ? "?" : "");
}

NodePtr literal(std::string text, std::optional<Sampling> sampling) {
    auto node = std::make_shared<Node>();
    node->text = std::move(text);
    node->sampling = sampling;
    return node;
}

NodePtr parse_template(std::string_view text) {
    const auto decoded = unicode::decode(text);
    return TemplateParser(decoded).run();
}

}  // namespace diffusion::templates

namespace diffusion {

void marks::note_template(std::u32string_view text, Notes& notes) {
    const Attempt attempt(&notes);
    try {
        templates::TemplateParser(text, &notes).run();
    } catch (const PromptTemplateError& error) {
        attempt.undo();
        const size_t at = std::min(error.position(), text.size());
        notes.fault(PromptFaultKind::bad_template, at, std::min(at + 1, text.size()), error.what());
    }
}

}  // namespace diffusion
