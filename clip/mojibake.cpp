#include "clip/mojibake.h"

#include "clip/mojibake_tables_impl.h"
#include "clip/unicode.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <iterator>
#include <optional>
#include <span>
#include <unordered_map>
#include <vector>

namespace clip {

namespace {

using mojibake::CodePage;
using mojibake::Pattern;

bool is_word(char32_t c) {
    return c == U'_' || unicode::is_letter(c) || unicode::is_number(c);
}

/// White space as a text pattern of Python takes it: four separators more.
bool is_space(char32_t c) {
    return unicode::is_space(c) || (c >= 0x1C && c <= 0x1F);
}

bool contains(const mojibake::Set& set, char32_t c) {
    bool found = (set.kind == mojibake::Class::word && is_word(c)) ||
                 (set.kind == mojibake::Class::space && is_space(c));
    for (int i = set.begin; i < set.end && !found; ++i)
        found = c >= mojibake::set_ranges[i].first && c <= mojibake::set_ranges[i].last;
    return found != set.negated;
}

template <typename Text>
char32_t code_at(const Text& text, size_t at) {
    if constexpr (sizeof(text[0]) == 1) {
        return static_cast<unsigned char>(text[at]);
    } else {
        return text[at];
    }
}

/// Length of the first pattern that matches at the position, 0 if none does.
template <typename Text>
size_t match_at(std::span<const Pattern> patterns, const Text& text, size_t at) {
    for (const auto& pattern : patterns) {
        if (pattern.anchored && at > 0) continue;
        size_t length = 0;
        for (const int set : pattern.sets) {
            if (set < 0) return length;
            if (at + length >= text.size() ||
                !contains(mojibake::sets[set], code_at(text, at + length))) {
                length = 0;
                break;
            }
            ++length;
        }
        if (length == std::size(pattern.sets)) return length;
    }
    return 0;
}

template <typename Text>
bool has_match(std::span<const Pattern> patterns, const Text& text) {
    for (size_t at = 0; at < text.size(); ++at)
        if (match_at(patterns, text, at)) return true;
    return false;
}

template <typename Text, typename Replace>
Text replace_matches(std::span<const Pattern> patterns, const Text& text, Replace replace) {
    Text out;
    for (size_t at = 0; at < text.size();) {
        if (const auto length = match_at(patterns, text, at)) {
            out += replace(text.substr(at, length));
            at += length;
        } else {
            out += text[at++];
        }
    }
    return out;
}

bool is_ascii(std::u32string_view text) {
    return std::ranges::all_of(text, [](char32_t c) { return c < 0x80; });
}

/// The bytes that the page would have read as this text.
std::optional<std::string> encode(std::u32string_view text, const CodePage& page) {
    std::unordered_map<char32_t, char> high;
    for (int i = 127; i >= 0; --i) high[page.high[i]] = static_cast<char>(128 + i);
    std::string bytes;
    for (const auto c : text) {
        if (c == 0x1A && page.sloppy) return std::nullopt;
        if (c < 0x80) {
            bytes += static_cast<char>(c);
        } else if (c == 0xFFFD && page.sloppy) {
            bytes += '\x1A';
        } else if (const auto it = high.find(c); it != high.end()) {
            bytes += it->second;
        } else {
            return std::nullopt;
        }
    }
    return bytes;
}

/// A pair of surrogates in UTF-8, six bytes, as CESU-8 writes code points beyond U+FFFF.
bool is_cesu(std::string_view b) {
    const auto in = [&](size_t i, int low, int high) {
        const int byte = static_cast<unsigned char>(b[i]);
        return byte >= low && byte <= high;
    };
    return b.size() >= 6 && in(0, 0xED, 0xED) && in(1, 0xA0, 0xAF) && in(2, 0x80, 0xBF) &&
           in(3, 0xED, 0xED) && in(4, 0xB0, 0xBF) && in(5, 0x80, 0xBF);
}

/// UTF-8, besides CESU-8 and the two-byte null of Java; nothing when it is not that.
std::optional<std::u32string> decode_utf8(std::string_view bytes) {
    std::u32string out;
    while (!bytes.empty()) {
        const auto bits = [&](size_t i, char32_t mask) {
            return static_cast<char32_t>(static_cast<unsigned char>(bytes[i])) & mask;
        };
        size_t length = 0;
        if (is_cesu(bytes)) {
            out += 0x10000 + (bits(1, 0x0F) << 16) + (bits(2, 0x3F) << 10) + (bits(4, 0x0F) << 6) +
                   bits(5, 0x3F);
            length = 6;
        } else if (bytes.starts_with("\xC0\x80")) {
            out += U'\0';
            length = 2;
        } else if (const auto [c, size] = unicode::decode_one(bytes); size > 0) {
            out += c;
            length = size;
        } else {
            return std::nullopt;
        }
        bytes.remove_prefix(length);
    }
    return out;
}

/// "\xC3 " is a word of its own ("à la") unless a Portuguese contraction follows.
std::string restore_a_grave(const std::string& bytes) {
    std::string out;
    for (size_t at = 0; at < bytes.size(); ++at) {
        out += bytes[at];
        if (bytes[at] != '\xC3' || at + 1 >= bytes.size() || bytes[at + 1] != ' ') continue;
        const auto rest = std::string_view(bytes).substr(at + 2);
        const bool is_part = std::ranges::any_of(
            std::array<std::string_view, 5>{" ", "quele", "quela", "quilo", "s "},
            [&](auto word) { return rest.starts_with(word); });
        if (!is_part) out += '\xA0';
    }
    return out;
}

/// The bytes with spaces put back to the A0 that they were, and lost bytes made U+FFFD.
std::string repair_bytes(std::string bytes, const CodePage& page) {
    if (!page.macroman && has_match<std::string>(mojibake::altered_utf8, bytes)) {
        bytes =
            replace_matches(mojibake::altered_utf8, restore_a_grave(bytes), [](std::string part) {
                std::ranges::replace(part, ' ', '\xA0');
                return part;
            });
    }
    if (page.sloppy)
        bytes = replace_matches(mojibake::lossy_utf8, bytes,
                                [](const std::string&) { return std::string("\xEF\xBF\xBD"); });
    return bytes;
}

bool is_bad(std::u32string_view text) {
    return has_match(mojibake::bad, text);
}

/// Runs that look like UTF-8, repaired by themselves.
std::u32string fix_runs(std::u32string_view text) {
    std::u32string out;
    for (size_t at = 0; at < text.size();) {
        const bool may_begin =
            at == 0 || !contains(mojibake::sets[mojibake::strict_continuation], text[at - 1]);
        size_t length = 0;
        while (const auto more = may_begin ? match_at(mojibake::utf8_like, text, at + length) : 0)
            length += more;
        const auto run = text.substr(at, std::max<size_t>(length, 1));
        out += length > 0 && length < text.size() && is_bad(run) ? fix_encoding(run)
                                                                 : std::u32string(run);
        at += run.size();
    }
    return out;
}

bool is_c1(char32_t c) {
    return c >= 0x80 && c <= 0x9F;
}

const CodePage& windows_1252() {
    return mojibake::code_pages[1];
}

std::u32string fix_once(std::u32string_view text) {
    if (is_ascii(text) || !is_bad(text)) return std::u32string(text);
    for (const auto& page : mojibake::code_pages) {
        const auto bytes = encode(text, page);
        if (!bytes) continue;
        if (auto fixed = decode_utf8(repair_bytes(*bytes, page))) return *fixed;
    }
    if (auto fixed = fix_runs(text); fixed != text) return fixed;
    return fix_c1_controls(text);
}

/// "&#233;" or "&#xE9;" -> its character; nothing when it is neither.
std::optional<std::u32string> numbered_character(std::string_view digits) {
    const bool is_hex = digits.starts_with('x') || digits.starts_with('X');
    if (is_hex) digits.remove_prefix(1);
    if (digits.empty()) return std::nullopt;
    std::uint32_t value = 0;
    for (const char c : digits) {
        const bool is_digit = c >= '0' && c <= '9';
        const char lower = static_cast<char>(c | 0x20);
        if (!is_digit && !(is_hex && lower >= 'a' && lower <= 'f')) return std::nullopt;
        const int digit = is_digit ? c - '0' : lower - 'a' + 10;
        value =
            std::min(value * (is_hex ? 16u : 10u) + static_cast<std::uint32_t>(digit), 0x110000u);
    }
    const auto c = static_cast<char32_t>(value);
    if (c == 0x0D) return U"\r";
    if (c == 0 || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) return U"\uFFFD";
    if (is_c1(c)) return std::u32string(1, windows_1252().high[c - 128]);
    const bool is_invalid = (c >= 1 && c <= 8) || c == 0x0B || (c >= 0x0E && c <= 0x1F) ||
                            c == 0x7F || (c >= 0xFDD0 && c <= 0xFDEF) || (c & 0xFFFE) == 0xFFFE;
    return is_invalid ? std::u32string() : std::u32string(1, c);
}

std::optional<std::u32string> character_of(std::string_view name) {
    if (name.starts_with('#')) return numbered_character(name.substr(1));
    const auto* end = std::end(mojibake::entities);
    const auto* entity =
        std::lower_bound(std::begin(mojibake::entities), end, name,
                         [](const mojibake::Entity& e, std::string_view n) { return e.name < n; });
    if (entity == end || entity->name != name) return std::nullopt;
    return unicode::decode(entity->text);
}

}  // namespace

std::u32string fix_encoding(std::u32string_view text) {
    std::u32string fixed(text);
    while (true) {
        auto next = fix_once(fixed);
        if (next == fixed) return fixed;
        fixed = std::move(next);
    }
}

std::u32string unescape_html(std::u32string_view text) {
    constexpr size_t longest = 24;
    std::u32string out;
    for (size_t at = 0; at < text.size();) {
        const auto semicolon =
            text[at] == U'&' ? text.substr(0, at + longest + 3).find(U';', at) : text.npos;
        std::string name;
        if (semicolon != text.npos) name = unicode::encode(text.substr(at + 1, semicolon - at - 1));
        const auto character = name.empty() ? std::nullopt : character_of(name);
        if (character) {
            out += *character;
            at = semicolon + 1;
        } else {
            out += text[at++];
        }
    }
    return out;
}

std::u32string fix_width(std::u32string_view text) {
    std::u32string out;
    for (const auto c : text) {
        const auto* end = std::end(mojibake::width_forms);
        const auto* row = std::lower_bound(
            std::begin(mojibake::width_forms), end, c,
            [](const mojibake::WidthForm& form, char32_t value) { return form.form < value; });
        if (row != end && row->form == c) {
            out += unicode::decode(row->text);
        } else {
            out += c;
        }
    }
    return out;
}

std::u32string fix_c1_controls(std::u32string_view text) {
    std::u32string out(text);
    for (auto& c : out)
        if (is_c1(c)) c = windows_1252().high[c - 128];
    return out;
}

}  // namespace clip
