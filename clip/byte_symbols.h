#pragma once

// The printable spelling of bytes that byte-level vocabularies use in their files.

#include <array>
#include <string>
#include <string_view>

namespace clip {

inline constexpr std::string_view word_end = "</w>";

/// UTF-8 of the code point that stands for each byte (33-126, 161-172 and 174-255 stand for
/// themselves, the other 68 for 256, 257, ...).
const std::array<std::string, 256>& byte_symbols();

/// The bytes in the order in which vocabularies list them: those that stand for themselves first.
const std::array<unsigned char, 256>& byte_order();

/// The bytes that a symbol spells; a code point that stands for no byte is kept as its UTF-8.
std::string bytes_of_symbol(std::string_view symbol);

}  // namespace clip
