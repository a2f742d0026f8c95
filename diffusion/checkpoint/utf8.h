#pragma once

#include <string_view>

namespace diffusion::checkpoint {

/// Whether the text is UTF-8: no stray or overlong bytes, no surrogates, nothing above U+10FFFF.
bool is_utf8(std::string_view text);

}  // namespace diffusion::checkpoint
