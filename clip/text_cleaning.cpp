#include "clip/text_cleaning.h"

#include "clip/mojibake.h"
#include "clip/unicode.h"

#include <algorithm>
#include <array>
#include <utility>

namespace clip {

namespace {

constexpr size_t longest_segment = 1'000'000;

/// Latin letters that are one character for the printer's sake.
constexpr std::array<std::pair<char32_t, std::u32string_view>, 22> ligatures = {
    {{0x0132, U"IJ"},      {0x0133, U"ij"},      {0x0149, U"\u02BCn"}, {0x01C4, U"D\u017D"},
     {0x01C5, U"D\u017E"}, {0x01C6, U"d\u017E"}, {0x01C7, U"LJ"},      {0x01C8, U"Lj"},
     {0x01C9, U"lj"},      {0x01CA, U"NJ"},      {0x01CB, U"Nj"},      {0x01CC, U"nj"},
     {0x01F1, U"DZ"},      {0x01F2, U"Dz"},      {0x01F3, U"dz"},      {0xFB00, U"ff"},
     {0xFB01, U"fi"},      {0xFB02, U"fl"},      {0xFB03, U"ffi"},     {0xFB04, U"ffl"},
     {0xFB05, U"\u017Ft"}, {0xFB06, U"st"}}};

std::u32string fix_ligatures(std::u32string_view text) {
    std::u32string out;
    for (const auto c : text) {
        const auto it =
            std::ranges::find(ligatures, c, &std::pair<char32_t, std::u32string_view>::first);
        if (it == ligatures.end()) {
            out += c;
        } else {
            out += it->second;
        }
    }
    return out;
}

std::u32string straighten_quotes(std::u32string text) {
    for (auto& c : text) {
        if (c >= 0x201C && c <= 0x201F) c = U'"';
        if (c == 0x02BC || (c >= 0x2018 && c <= 0x201B)) c = U'\'';
    }
    return text;
}

std::u32string fix_line_breaks(std::u32string_view text) {
    std::u32string out;
    for (size_t i = 0; i < text.size(); ++i) {
        const auto c = text[i];
        if (c == U'\r' && i + 1 < text.size() && text[i + 1] == U'\n') continue;
        out += c == U'\r' || c == 0x2028 || c == 0x2029 || c == 0x85 ? U'\n' : c;
    }
    return out;
}

/// "\033[36;44m" and the like.
std::u32string remove_terminal_escapes(std::u32string_view text) {
    std::u32string out;
    for (size_t i = 0; i < text.size(); ++i) {
        size_t end = i + 2;
        while (end < text.size() && (text[end] == U';' || unicode::digit_value(text[end]) >= 0))
            ++end;
        const bool is_escape = text[i] == 0x1B && i + 1 < text.size() && text[i + 1] == U'[' &&
                               end < text.size() && text[end] < 0x80 &&
                               ((text[end] | 0x20) >= U'a' && (text[end] | 0x20) <= U'z');
        if (is_escape) {
            i = end;
        } else {
            out += text[i];
        }
    }
    return out;
}

bool is_control(char32_t c) {
    return c <= 0x08 || c == 0x0B || (c >= 0x0E && c <= 0x1F) || c == 0x7F ||
           (c >= 0x206A && c <= 0x206F) || c == 0xFEFF || (c >= 0xFFF9 && c <= 0xFFFC);
}

/// One line; is_html: names with & and ; stay as they are.
std::u32string fix_segment(std::u32string_view segment, bool is_html) {
    std::u32string text(segment);
    for (int round = 0; round < 64; ++round) {
        const auto before = text;
        if (!is_html) text = unescape_html(text);
        text = fix_c1_controls(fix_encoding(text));
        text = straighten_quotes(fix_width(fix_ligatures(text)));
        text = remove_terminal_escapes(fix_line_breaks(text));
        std::erase_if(text, is_control);
        text = unicode::compose(text);
        if (text == before) break;
    }
    return text;
}

/// What the ftfy package does by default; every line by itself.
std::u32string fix_text(std::u32string_view text) {
    std::u32string out;
    bool is_html = false;
    while (!text.empty()) {
        const auto line_break = text.find(U'\n');
        const auto length = std::min(
            {line_break == text.npos ? text.size() : line_break + 1, longest_segment, text.size()});
        const auto segment = text.substr(0, length);
        is_html = is_html || segment.find(U'<') != segment.npos;
        out += fix_segment(segment, is_html);
        text.remove_prefix(length);
    }
    return out;
}

std::u32string collapse_spaces(std::u32string_view text) {
    std::u32string out;
    for (const auto c : text) {
        if (!unicode::is_space(c)) {
            out += c;
        } else if (!out.empty() && out.back() != U' ') {
            out += U' ';
        }
    }
    if (!out.empty() && out.back() == U' ') out.pop_back();
    return out;
}

/// Length of the contraction at the front, 0 if there is none.
size_t contraction_length(std::u32string_view text) {
    static constexpr std::array<std::u32string_view, 7> endings = {U"s", U"t",  U"re", U"ve",
                                                                   U"m", U"ll", U"d"};
    if (text.empty() || text[0] != U'\'') return 0;
    const auto lower = unicode::to_lower(text.substr(1, 2));
    for (const auto ending : endings)
        if (lower.starts_with(ending)) return ending.size() + 1;
    // The long s is an s to a pattern that ignores case.
    return lower.starts_with(U'\u017F') ? 2 : 0;
}

bool is_other(char32_t c) {
    return !unicode::is_space(c) && !unicode::is_letter(c) && !unicode::is_number(c);
}

size_t word_length(std::u32string_view text) {
    if (const auto length = contraction_length(text)) return length;
    if (unicode::is_number(text[0])) return 1;
    const auto belongs = unicode::is_letter(text[0]) ? unicode::is_letter : is_other;
    size_t length = 1;
    while (length < text.size() && belongs(text[length])) ++length;
    return length;
}

}  // namespace

std::string clean_text(std::string_view utf8) {
    const auto text = fix_text(unicode::decode(utf8));
    return unicode::encode(unicode::to_lower(collapse_spaces(text)));
}

std::vector<std::string> split_words(std::string_view cleaned, std::span<const std::string> whole) {
    const auto text = unicode::decode(cleaned);
    std::vector<std::u32string> wholes;
    for (const auto& special : whole) wholes.push_back(unicode::decode(special));
    std::vector<std::string> words;
    for (std::u32string_view rest = text; !rest.empty();) {
        if (unicode::is_space(rest[0])) {
            rest.remove_prefix(1);
            continue;
        }
        const auto special = std::find_if(wholes.begin(), wholes.end(),
                                          [&](const auto& w) { return rest.starts_with(w); });
        const auto length = special != wholes.end() ? special->size() : word_length(rest);
        words.push_back(unicode::encode(rest.substr(0, length)));
        rest.remove_prefix(length);
    }
    return words;
}

}  // namespace clip
