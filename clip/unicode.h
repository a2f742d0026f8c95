#pragma once

// The little of Unicode that a tokenizer needs: UTF-8, categories, lower case, composed form (NFC).

#include <cstddef>
#include <string>
#include <string_view>

namespace clip::unicode {

struct Decoded {
    char32_t code_point;
    size_t size;  ///< bytes read; 0: this is not UTF-8
};

/// The code point at the front of the bytes.
Decoded decode_one(std::string_view utf8);

/// Bytes that are not UTF-8 become U+FFFD, one each.
std::u32string decode(std::string_view utf8);
std::string encode(std::u32string_view text);
void append(std::string& utf8, char32_t code_point);

bool is_letter(char32_t c);
bool is_number(char32_t c);
/// 0..9 for a decimal digit of any script, else -1.
int digit_value(char32_t c);
/// White space as the pattern \s takes it.
bool is_space(char32_t c);

/// Canonical composition; Hangul syllables included.
std::u32string compose(std::u32string_view text);

/// Full lower case, with the Greek final sigma.
std::u32string to_lower(std::u32string_view text);

}  // namespace clip::unicode
