#pragma once

// Small readers that the grammars of this folder share. Positions are code points.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace diffusion::scan {

/// A letter, a digit or "_": what \w means.
bool is_word(char32_t c);

/// First position at or after `at` that is not white space.
size_t skip_spaces(std::u32string_view text, size_t at);

std::u32string_view trim(std::u32string_view text);

/// "[+-]?[.\d]+" at the position: its length, 0 if there is none. Digits of any script.
size_t weight_length(std::u32string_view text);

/// The whole text as a decimal number ("1", "-.5", "2.", with `exponent` "1e-3" too), or nothing.
/// Digits of any script.
std::optional<double> read_number(std::u32string_view text, bool exponent = false);

/// The same with white space around, an exponent and "_" between digits: what Python's float takes,
/// but no infinities.
std::optional<double> read_float(std::u32string_view text);

/// Where `word` stands by itself, from `from` on; npos if it does not.
size_t find_word(std::u32string_view text, std::u32string_view word, size_t from = 0);

/// Shortest decimal that reads back as the same double ("1.1", "0.5").
std::string write_number(double value);

}  // namespace diffusion::scan
