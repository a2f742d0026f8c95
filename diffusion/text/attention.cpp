#include "diffusion/text/attention.h"

#include "clip/unicode.h"
#include "diffusion/text/marks_impl.h"
#include "diffusion/text/scan_impl.h"

namespace diffusion {

namespace {

namespace unicode = clip::unicode;

constexpr double round_factor = 1.1;
constexpr double square_factor = 1 / 1.1;
constexpr std::u32string_view break_word = U"BREAK";

class AttentionParser {
public:
    explicit AttentionParser(std::u32string_view text, marks::Notes* notes = nullptr)
        : text_(text), notes_(notes) {}

    std::vector<WeightedText> run() {
        while (at_ < text_.size()) step();
        for (const auto& open : round_) leave_open(open, round_factor, ")");
        for (const auto& open : square_) leave_open(open, square_factor, "]");
        if (pieces_.empty()) pieces_.push_back({"", 1.0});
        return merged();
    }

private:
    /// A bracket that waits for its partner: the first piece inside it, and where it stands.
    struct Open {
        size_t piece;
        size_t at;
    };

    void step() {
        const auto c = text_[at_];
        if (c == U'\\') {
            escape();
        } else if (c == U'(' || c == U'[') {
            (c == U'(' ? round_ : square_).push_back({pieces_.size(), at_++});
        } else if (c == U':' && weight()) {
        } else if (c == U')' && !round_.empty()) {
            close(round_, round_factor);
        } else if (c == U']' && !square_.empty()) {
            close(square_, square_factor);
        } else {
            literal();
        }
    }

    void escape() {
        const bool has_partner = at_ + 1 < text_.size() &&
                                 std::u32string_view(U"()[]\\").find(text_[at_ + 1]) != text_.npos;
        // A backslash before anything else vanishes, but still ends the piece before it.
        pieces_.push_back({has_partner ? unicode::encode(text_.substr(at_ + 1, 1)) : "", 1.0});
        at_ += has_partner ? 2 : 1;
    }

    /// ":1.3)" that closes the innermost round bracket; false when it is not that.
    bool weight() {
        const size_t begin = scan::skip_spaces(text_, at_ + 1);
        const size_t length = scan::weight_length(text_.substr(begin));
        const size_t end = scan::skip_spaces(text_, begin + length);
        if (length == 0 || end >= text_.size() || text_[end] != U')') return false;
        const auto value = scan::read_number(text_.substr(begin, length));
        if (round_.empty() || !value) {
            if (!value) {
                if (notes_ && !round_.empty())
                    notes_->fault(PromptFaultKind::not_a_number, begin, begin + length);
                return false;
            }
            note_unopened(end);
            add_text(text_.substr(at_, end + 1 - at_));
            at_ = end + 1;
            return true;
        }
        multiply(round_.back().piece, *value);
        if (notes_) notes_->mark(MarkKind::weight, round_.back().at, end + 1, *value, true);
        round_.pop_back();
        at_ = end + 1;
        return true;
    }

    void close(std::vector<Open>& stack, double factor) {
        multiply(stack.back().piece, factor);
        ++at_;
        if (notes_) notes_->mark(MarkKind::weight, stack.back().at, at_, factor);
        stack.pop_back();
    }

    /// It counts to the end of the text.
    void leave_open(const Open& open, double factor, const char* partner) {
        multiply(open.piece, factor);
        if (notes_) notes_->fault(PromptFaultKind::unclosed, open.at, open.at + 1, partner);
    }

    void note_unopened(size_t at) {
        if (!notes_) return;
        notes_->fault(PromptFaultKind::unopened, at, at + 1, text_[at] == U')' ? "(" : "[");
    }

    void literal() {
        if (text_[at_] == U')' || text_[at_] == U']') note_unopened(at_);
        size_t end = text_.find_first_of(U"\\()[]:", at_);
        if (end == at_) ++end;
        end = std::min(end, text_.size());
        add_text(text_.substr(at_, end - at_));
        at_ = end;
    }

    /// Cuts at the word BREAK, with the white space around it.
    void add_text(std::u32string_view text) {
        for (size_t found = 0; (found = scan::find_word(text, break_word)) != text.npos;) {
            auto before = text.substr(0, found);
            while (!before.empty() && unicode::is_space(before.back())) before.remove_suffix(1);
            pieces_.push_back({unicode::encode(before), 1.0});
            pieces_.push_back({"BREAK", -1.0});
            text.remove_prefix(scan::skip_spaces(text, found + break_word.size()));
        }
        pieces_.push_back({unicode::encode(text), 1.0});
    }

    void multiply(size_t from, double factor) {
        for (size_t i = from; i < pieces_.size(); ++i) pieces_[i].weight *= factor;
    }

    std::vector<WeightedText> merged() const {
        std::vector<WeightedText> out;
        for (const auto& piece : pieces_) {
            if (!out.empty() && out.back().weight == piece.weight) {
                out.back().text += piece.text;
            } else {
                out.push_back(piece);
            }
        }
        return out;
    }

    std::u32string_view text_;
    marks::Notes* notes_;
    size_t at_ = 0;
    std::vector<WeightedText> pieces_;
    std::vector<Open> round_, square_;
};

/// The text so that parsing gives it back: brackets escaped, BREAK taken apart by a backslash.
std::string escaped(std::string_view text) {
    std::u32string out;
    const auto all = unicode::decode(text);
    size_t next_break = scan::find_word(all, break_word);
    for (size_t i = 0; i < all.size(); ++i) {
        if (next_break != all.npos && i == next_break + 1) {
            out += U'\\';
            next_break = scan::find_word(all, break_word, i);
        }
        if (std::u32string_view(U"()[]\\").find(all[i]) != std::u32string_view::npos) out += U'\\';
        out += all[i];
    }
    return unicode::encode(out);
}

bool is_space_at(std::u32string_view text, bool at_end) {
    return !text.empty() && unicode::is_space(at_end ? text.back() : text.front());
}

/// " BREAK " and what follows it; a backslash keeps white space that BREAK would take.
std::string break_between(const std::string& before, const std::string& after) {
    const bool ends = is_space_at(unicode::decode(before), true);
    const bool begins = is_space_at(unicode::decode(after), false);
    return (ends ? "\\ BREAK" : " BREAK") + std::string(begins ? "\\" : " ") + escaped(after);
}

}  // namespace

void marks::note_attention(std::u32string_view text, Notes& notes) {
    AttentionParser(text, &notes).run();
}

std::vector<WeightedText> parse_attention(std::string_view prompt) {
    const auto text = unicode::decode(prompt);
    return AttentionParser(text).run();
}

std::string print_attention(const std::vector<WeightedText>& pieces) {
    std::string out;
    if (pieces.size() == 1 && pieces[0].text.empty() && pieces[0].weight == 1.0) return out;
    for (size_t i = 0; i < pieces.size();) {
        const double weight = pieces[i].weight;
        // A break stands between two pieces of one weight, its own being the negative of theirs.
        auto text = escaped(pieces[i++].text);
        while (i + 1 < pieces.size() && pieces[i].text == "BREAK" && pieces[i].weight == -weight &&
               pieces[i + 1].weight == weight) {
            text += break_between(pieces[i - 1].text, pieces[i + 1].text);
            i += 2;
        }
        const bool is_bare = weight == 1.0 && !text.empty();
        if (text.empty()) text = "\\";
        out += is_bare ? text : "(" + text + ":" + scan::write_number(weight) + ")";
    }
    return out;
}

}  // namespace diffusion
