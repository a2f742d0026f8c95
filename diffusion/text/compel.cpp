#include "diffusion/text/compel.h"

#include "clip/unicode.h"
#include "diffusion/text/scan_impl.h"

#include <cmath>
#include <optional>

namespace diffusion {

namespace {

namespace unicode = clip::unicode;

constexpr int deepest = 200;
constexpr std::u32string_view marks = U"()\"\\";

class CompelParser {
public:
    explicit CompelParser(std::u32string_view text) : text_(text) {}

    std::vector<WeightedText> run() {
        sequence(1.0, 0);
        // A closing bracket without an opening one is text.
        while (at_ < text_.size()) {
            add(text_.substr(at_++, 1), 1.0);
            sequence(1.0, 0);
        }
        if (pieces_.empty()) pieces_.push_back({"", 1.0});
        return pieces_;
    }

private:
    void add(std::u32string_view text, double weight) {
        if (text.empty()) return;
        if (!pieces_.empty() && pieces_.back().weight == weight) {
            pieces_.back().text += unicode::encode(text);
        } else {
            pieces_.push_back({unicode::encode(text), weight});
        }
    }

    /// Up to the end or a closing bracket.
    void sequence(double weight, int depth) {
        while (at_ < text_.size() && text_[at_] != U')') {
            if (text_[at_] == U'(' && bracket(weight, depth)) continue;
            if (text_[at_] == U'"' && quote(weight)) continue;
            word(weight);
        }
    }

    bool bracket(double weight, int depth) {
        const auto end = closing(at_);
        if (end == text_.npos || depth > deepest) return false;
        size_t after = end + 1;
        const double factor = factor_at(after);
        ++at_;
        sequence(weight * factor, depth + 1);
        at_ = after;
        return true;
    }

    bool quote(double weight) {
        auto end = at_ + 1;
        while (end < text_.size() && text_[end] != U'"') end += text_[end] == U'\\' ? 2 : 1;
        if (end >= text_.size()) return false;
        size_t after = end + 1;
        const double factor = factor_at(after);
        if (after == end + 1) return false;  // quotation marks without a weight are text
        add(without_escapes(text_.substr(at_ + 1, end - at_ - 1)), weight * factor);
        at_ = after;
        return true;
    }

    /// One character of white space or punctuation, or a word with its marks.
    void word(double weight) {
        std::u32string text;
        size_t plain_end = at_;
        while (plain_end < text_.size() && !unicode::is_space(text_[plain_end])) {
            const auto c = text_[plain_end];
            if (c == U'\\' && plain_end + 1 < text_.size() &&
                marks.find(text_[plain_end + 1]) != marks.npos) {
                text += text_[plain_end + 1];
                plain_end += 2;
                continue;
            }
            if (c == U'(' || c == U')' || c == U'"') break;
            const bool is_mark = (c == U'+' || c == U'-') && !text.empty();
            size_t after = plain_end;
            if (is_mark) {
                const double factor = signs_at(after);
                if (after > plain_end) {
                    at_ = after;
                    return add(text, weight * factor);
                }
            }
            text += c;
            ++plain_end;
            if (is_separator(c)) break;
        }
        if (plain_end == at_) text = text_.substr(plain_end++, 1);
        at_ = plain_end;
        add(text, weight);
    }

    static bool is_separator(char32_t c) {
        return std::u32string_view(U",.;:!?").find(c) != std::u32string_view::npos;
    }

    bool may_end(size_t at) const {
        return at >= text_.size() || unicode::is_space(text_[at]) || is_separator(text_[at]) ||
               text_[at] == U'(' || text_[at] == U')' || text_[at] == U'"';
    }

    /// "++" or "--" at the position, which moves behind it.
    double signs_at(size_t& at) const {
        size_t end = at;
        while (end < text_.size() && text_[end] == text_[at]) ++end;
        if ((text_[at] != U'+' && text_[at] != U'-') || !may_end(end)) return 1.0;
        const double factor =
            std::pow(text_[at] == U'+' ? 1.1 : 0.9, static_cast<double>(end - at));
        at = end;
        return factor;
    }

    /// A number or signs.
    double factor_at(size_t& at) const {
        if (at >= text_.size()) return 1.0;
        // One point at most: what follows a second one is text again.
        size_t end = at + scan::weight_length(text_.substr(at));
        const auto first_point = std::min(text_.find(U'.', at), end);
        end = std::min(end, text_.find(U'.', first_point + 1));
        if (const auto value = scan::read_number(text_.substr(at, end - at))) {
            at = end;
            return *value;
        }
        return signs_at(at);
    }

    size_t closing(size_t open) const {
        int nesting = 0;
        for (size_t i = open; i < text_.size(); ++i) {
            if (text_[i] == U'\\') {
                ++i;
            } else if (text_[i] == U'(') {
                ++nesting;
            } else if (text_[i] == U')' && --nesting == 0) {
                return i;
            }
        }
        return text_.npos;
    }

    static std::u32string without_escapes(std::u32string_view text) {
        std::u32string out;
        for (size_t i = 0; i < text.size(); ++i) {
            const bool is_escape =
                text[i] == U'\\' && i + 1 < text.size() && marks.find(text[i + 1]) != marks.npos;
            out += text[is_escape ? ++i : i];
        }
        return out;
    }

    std::u32string_view text_;
    size_t at_ = 0;
    std::vector<WeightedText> pieces_;
};

std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '(' || c == ')' || c == '"' || c == '\\') out += '\\';
        out += c;
    }
    return out;
}

bool continues_number(std::string_view text) {
    return unicode::digit_value(unicode::decode_one(text).code_point) >= 0;
}

/// Texts in quotes, separated by commas; nothing when it is not that.
std::optional<std::vector<std::u32string>> quoted_list(std::u32string_view text) {
    std::vector<std::u32string> items;
    size_t at = 0;
    while (true) {
        at = scan::skip_spaces(text, at);
        if (at >= text.size() || text[at] != U'"') return std::nullopt;
        size_t end = at + 1;
        while (end < text.size() && text[end] != U'"') end += text[end] == U'\\' ? 2 : 1;
        if (end >= text.size()) return std::nullopt;
        items.emplace_back(text.substr(at + 1, end - at - 1));
        at = scan::skip_spaces(text, end + 1);
        if (at >= text.size()) return items;
        if (text[at++] != U',') return std::nullopt;
    }
}

/// "0.7, 0.3" into weights, a word into `flag`; false when it is neither.
bool read_arguments(std::u32string_view text, std::vector<double>& weights, bool& is_normalized) {
    while (!scan::trim(text).empty()) {
        const auto comma = std::min(text.find(U','), text.size());
        const auto item = scan::trim(text.substr(0, comma));
        text.remove_prefix(std::min(comma + 1, text.size()));
        if (item == U"no_normalize") {
            is_normalized = false;
        } else if (const auto value = scan::read_number(item)) {
            weights.push_back(*value);
        } else {
            return false;
        }
    }
    return true;
}

std::optional<CompelPrompt> read_joined(std::u32string_view text) {
    text = scan::trim(text);
    if (!text.starts_with(U'(') || !text.ends_with(U')')) return std::nullopt;
    for (const auto& [word, join] : {std::pair{U").blend(", CompelJoin::blend},
                                     std::pair{U").and(", CompelJoin::conjunction}}) {
        const std::u32string_view name = word;
        const auto at = text.rfind(name);
        if (at == text.npos) continue;
        const auto items = quoted_list(text.substr(1, at - 1));
        CompelPrompt made{join, {}, true};
        std::vector<double> weights;
        const auto arguments = text.substr(at + name.size(), text.size() - at - name.size() - 1);
        if (!items || !read_arguments(arguments, weights, made.is_normalized)) return std::nullopt;
        if (!weights.empty() && weights.size() != items->size()) return std::nullopt;
        for (size_t i = 0; i < items->size(); ++i)
            made.parts.push_back(
                {CompelParser((*items)[i]).run(), weights.empty() ? 1.0 : weights[i]});
        return made;
    }
    return std::nullopt;
}

}  // namespace

std::vector<WeightedText> parse_compel(std::string_view prompt) {
    const auto text = unicode::decode(prompt);
    return CompelParser(text).run();
}

std::string print_compel(std::span<const WeightedText> pieces) {
    std::string out;
    bool follows_weight = false;
    for (const auto& piece : pieces) {
        const auto text = escaped(piece.text);
        // In quotes signs are text; a text that goes on with digits would lengthen the weight.
        const bool has_sign = piece.text.find_first_of("+-") != piece.text.npos;
        const bool goes_on =
            follows_weight && !text.empty() && (text[0] == '.' || continues_number(text));
        follows_weight = piece.weight != 1.0 || has_sign || goes_on;
        if (!follows_weight) {
            out += text;
            continue;
        }
        auto weight = scan::write_number(piece.weight);
        if (weight.find('.') == weight.npos) weight += ".0";
        out += has_sign ? "\"" + text + "\"" + weight : "(" + text + ")" + weight;
    }
    return out;
}

CompelPrompt read_compel(std::string_view prompt) {
    const auto text = unicode::decode(prompt);
    if (auto joined = read_joined(text)) return *joined;
    return {CompelJoin::none, {{CompelParser(text).run(), 1.0}}, true};
}

}  // namespace diffusion
