#include "clip/text_cleaning.h"

#include <algorithm>
#include <array>

#include "clip/unicode.h"

namespace clip {

namespace {

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
    static constexpr std::array<std::u32string_view, 7> endings = {U"s",  U"t",  U"re", U"ve",
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
    const auto text = unicode::compose(unicode::decode(utf8));
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
