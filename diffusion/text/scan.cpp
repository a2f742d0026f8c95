#include "clip/unicode.h"
#include "diffusion/text/scan_impl.h"

#include <charconv>

namespace diffusion::scan {

namespace unicode = clip::unicode;

bool is_word(char32_t c) {
    return c == U'_' || unicode::is_letter(c) || unicode::is_number(c);
}

size_t skip_spaces(std::u32string_view text, size_t at) {
    while (at < text.size() && unicode::is_space(text[at])) ++at;
    return at;
}

std::u32string_view trim(std::u32string_view text) {
    text.remove_prefix(skip_spaces(text, 0));
    while (!text.empty() && unicode::is_space(text.back())) text.remove_suffix(1);
    return text;
}

size_t weight_length(std::u32string_view text) {
    const size_t sign = !text.empty() && (text[0] == U'+' || text[0] == U'-') ? 1 : 0;
    size_t end = sign;
    while (end < text.size() && (text[end] == U'.' || unicode::digit_value(text[end]) >= 0)) ++end;
    return end > sign ? end : 0;
}

std::optional<double> read_number(std::u32string_view text, bool exponent) {
    std::string ascii;
    for (const auto c : text) {
        const int digit = unicode::digit_value(c);
        if (digit < 0 && c > 0x7F) return std::nullopt;
        ascii += digit >= 0 ? static_cast<char>('0' + digit) : static_cast<char>(c);
    }
    if (ascii.starts_with('+') && !ascii.starts_with("+-")) ascii.erase(0, 1);
    if (ascii.empty() ||
        ascii.find_first_not_of(exponent ? "0123456789.eE+-" : "0123456789.-") != std::string::npos)
        return std::nullopt;
    double value = 0;
    const auto format = exponent ? std::chars_format::general : std::chars_format::fixed;
    const auto* end = ascii.data() + ascii.size();
    const auto result = std::from_chars(ascii.data(), end, value, format);
    if (result.ec != std::errc() || result.ptr != end) return std::nullopt;
    return value;
}

std::optional<double> read_float(std::u32string_view text) {
    text = trim(text);
    std::u32string digits;
    for (size_t i = 0; i < text.size(); ++i) {
        const bool is_separator = text[i] == U'_' && i > 0 && i + 1 < text.size() &&
                                  unicode::digit_value(text[i - 1]) >= 0 &&
                                  unicode::digit_value(text[i + 1]) >= 0;
        if (!is_separator) digits += text[i];
    }
    return read_number(digits, true);
}

size_t find_word(std::u32string_view text, std::u32string_view word, size_t from) {
    for (size_t at = text.find(word, from); at != text.npos; at = text.find(word, at + 1)) {
        const size_t end = at + word.size();
        if ((at == 0 || !is_word(text[at - 1])) && (end == text.size() || !is_word(text[end])))
            return at;
    }
    return text.npos;
}

std::string write_number(double value) {
    char digits[1100];  // the longest decimal of a double has 1,077 characters
    const auto result =
        std::to_chars(digits, digits + sizeof digits, value, std::chars_format::fixed);
    if (result.ec != std::errc()) return std::to_string(value);
    return std::string(digits, result.ptr);
}

}  // namespace diffusion::scan
