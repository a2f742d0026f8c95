#pragma once

// Repair of text that was decoded with the wrong code page ("schÃ¶n" -> "schön"), by the
// patterns and in the order of ftfy 6.3.1 (Robyn Speer, Apache-2.0).

#include <string>
#include <string_view>

namespace clip {

/// One line of text. Unchanged unless a pattern says that it looks wrong.
std::u32string fix_encoding(std::u32string_view text);

/// HTML's named and numbered characters that end in ";" become what they stand for.
std::u32string unescape_html(std::u32string_view text);

/// Full- and half-width forms become the usual letters.
std::u32string fix_width(std::u32string_view text);

/// C1 control characters become what Windows-1252 has in their place.
std::u32string fix_c1_controls(std::u32string_view text);

}  // namespace clip
