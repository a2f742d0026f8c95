#pragma once

// What CLIP does to a text before byte-pair encoding: repair, composed form, one space between
// words, lower case; then the cut into words.

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace clip {

/// The text as the tokenizer sees it, UTF-8. Bytes that are not UTF-8 count as U+FFFD.
std::string clean_text(std::string_view utf8);

/// CLIP's pieces of a cleaned text: contractions ('s 't 're 've 'm 'll 'd), runs of letters, single
/// digits, runs of anything else but space. A text of `whole` that begins where a piece begins is a
/// piece by itself.
std::vector<std::string> split_words(std::string_view cleaned,
                                     std::span<const std::string> whole = {});

}  // namespace clip
