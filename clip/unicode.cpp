#include "clip/unicode.h"

#include "clip/unicode_tables_impl.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <utility>

namespace clip::unicode {

namespace {

constexpr char32_t hangul_base = 0xAC00, lead_base = 0x1100, vowel_base = 0x1161,
                   tail_base = 0x11A7;
constexpr char32_t vowel_count = 21, tail_count = 28, lead_count = 19;
constexpr char32_t syllable_count = lead_count * vowel_count * tail_count;

template <typename Row, size_t size>
const Row* find_run(const Row (&rows)[size], char32_t c) {
    const auto* row =
        std::upper_bound(std::begin(rows), std::end(rows), c,
                         [](char32_t value, const Row& r) { return value < r.first; });
    if (row == std::begin(rows)) return nullptr;
    --row;
    return c <= row->last ? row : nullptr;
}

int combining_class(char32_t c) {
    const auto* run = find_run(combining_runs, c);
    return run ? run->combining_class : 0;
}

void decompose(char32_t c, std::u32string& out) {
    if (c - hangul_base < syllable_count) {
        const auto index = c - hangul_base;
        out += lead_base + index / (vowel_count * tail_count);
        out += vowel_base + index % (vowel_count * tail_count) / tail_count;
        if (index % tail_count) out += tail_base + index % tail_count;
        return;
    }
    const auto* row =
        std::lower_bound(std::begin(decompositions), std::end(decompositions), c,
                         [](const Decomposition& d, char32_t value) { return d.composed < value; });
    if (row == std::end(decompositions) || row->composed != c) {
        out += c;
        return;
    }
    decompose(row->first, out);
    if (row->second) out += row->second;
}

/// 0: the two do not compose.
char32_t compose_pair(char32_t first, char32_t second) {
    static const auto pairs = [] {
        std::map<std::pair<char32_t, char32_t>, char32_t> found;
        for (const auto& row : decompositions)
            if (row.recomposes) found[{row.first, row.second}] = row.composed;
        return found;
    }();
    if (first - lead_base < lead_count && second - vowel_base < vowel_count)
        return hangul_base +
               ((first - lead_base) * vowel_count + (second - vowel_base)) * tail_count;
    if (first - hangul_base < syllable_count && (first - hangul_base) % tail_count == 0 &&
        second > tail_base && second < tail_base + tail_count)
        return first + (second - tail_base);
    const auto it = pairs.find({first, second});
    return it == pairs.end() ? 0 : it->second;
}

/// Marks in canonical order: stable by class between starters.
void order_marks(std::u32string& text) {
    for (size_t i = 0; i < text.size();) {
        if (combining_class(text[i]) == 0) {
            ++i;
            continue;
        }
        size_t end = i;
        while (end < text.size() && combining_class(text[end]) != 0) ++end;
        std::stable_sort(text.begin() + i, text.begin() + end, [](char32_t a, char32_t b) {
            return combining_class(a) < combining_class(b);
        });
        i = end;
    }
}

bool ends_word(std::u32string_view text, size_t sigma) {
    size_t before = sigma;
    while (before > 0 && find_run(case_ignorable, text[before - 1])) --before;
    if (before == 0 || !find_run(cased, text[before - 1])) return false;
    size_t after = sigma + 1;
    while (after < text.size() && find_run(case_ignorable, text[after])) ++after;
    return after == text.size() || !find_run(cased, text[after]);
}

}  // namespace

Decoded decode_one(std::string_view utf8) {
    if (utf8.empty()) return {0, 0};
    const auto lead = static_cast<unsigned char>(utf8[0]);
    if (lead < 0x80) return {lead, 1};
    const size_t size = lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 0;
    if (size == 0 || size > utf8.size()) return {0, 0};
    char32_t c = lead & (0x7Fu >> size);
    for (size_t i = 1; i < size; ++i) {
        const auto byte = static_cast<unsigned char>(utf8[i]);
        if ((byte & 0xC0) != 0x80) return {0, 0};
        c = (c << 6) | (byte & 0x3Fu);
    }
    const char32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    const bool is_surrogate = c >= 0xD800 && c <= 0xDFFF;
    if (c < least[size] || c > 0x10FFFF || is_surrogate) return {0, 0};
    return {c, size};
}

std::u32string decode(std::string_view utf8) {
    std::u32string text;
    text.reserve(utf8.size());
    while (!utf8.empty()) {
        const auto [c, size] = decode_one(utf8);
        text += size ? c : U'\uFFFD';
        utf8.remove_prefix(std::max<size_t>(size, 1));
    }
    return text;
}

void append(std::string& utf8, char32_t c) {
    const auto put = [&](char32_t byte) { utf8 += static_cast<char>(byte); };
    if (c < 0x80) {
        put(c);
    } else if (c < 0x800) {
        put(0xC0 | (c >> 6));
        put(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
        put(0xE0 | (c >> 12));
        put(0x80 | ((c >> 6) & 0x3F));
        put(0x80 | (c & 0x3F));
    } else {
        put(0xF0 | (c >> 18));
        put(0x80 | ((c >> 12) & 0x3F));
        put(0x80 | ((c >> 6) & 0x3F));
        put(0x80 | (c & 0x3F));
    }
}

std::string encode(std::u32string_view text) {
    std::string utf8;
    utf8.reserve(text.size());
    for (const auto c : text) append(utf8, c);
    return utf8;
}

bool is_letter(char32_t c) {
    return find_run(letters, c) != nullptr;
}

bool is_number(char32_t c) {
    return find_run(numbers, c) != nullptr;
}

int digit_value(char32_t c) {
    const auto* run = find_run(digits, c);
    return run ? static_cast<int>((c - run->first) % 10) : -1;
}

bool is_space(char32_t c) {
    return (c >= 0x09 && c <= 0x0D) || c == 0x20 || c == 0x85 || c == 0xA0 || c == 0x1680 ||
           (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F ||
           c == 0x205F || c == 0x3000;
}

std::u32string compose(std::u32string_view text) {
    const bool is_ascii =
        std::all_of(text.begin(), text.end(), [](char32_t c) { return c < 0x80; });
    if (is_ascii) return std::u32string(text);
    std::u32string parts;
    for (const auto c : text) decompose(c, parts);
    order_marks(parts);
    std::u32string out;
    size_t starter = std::u32string::npos;
    int last_class = -1;  // class of the last character kept after the starter; -1: none
    for (const auto c : parts) {
        const int kind = combining_class(c);
        if (starter != std::u32string::npos && last_class < kind) {
            if (const auto composed = compose_pair(out[starter], c)) {
                out[starter] = composed;
                continue;
            }
        }
        if (kind == 0) {
            starter = out.size();
            last_class = -1;
        } else {
            last_class = kind;
        }
        out += c;
    }
    return out;
}

std::u32string to_lower(std::u32string_view text) {
    std::u32string out;
    out.reserve(text.size());
    for (size_t i = 0; i < text.size(); ++i) {
        const auto c = text[i];
        if (c == 0x130) {  // the only letter whose lower case is two: i and a dot above
            out += {U'i', 0x307};
        } else if (c == 0x3A3) {
            out += ends_word(text, i) ? 0x3C2 : 0x3C3;
        } else {
            const auto* run = find_run(lower_runs, c);
            const bool has_lower = run && (c - run->first) % run->step == 0;
            out +=
                has_lower ? static_cast<char32_t>(static_cast<std::int64_t>(c) + run->offset) : c;
        }
    }
    return out;
}

}  // namespace clip::unicode
