#pragma once

// Prompt templates kept under a name: A1111's styles.csv and lists in JSON as Fooocus has them.
// Standard library only; the caller opens the files.

#include <iosfwd>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace diffusion {

struct Style {
    std::string name;
    std::string prompt;  ///< "{prompt}" in it is the user's; without it, it is appended
    std::string negative_prompt;
    bool operator==(const Style&) const = default;
};

/// A styles file that can't be read; names the line and what was expected.
class StylesError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// Columns name, prompt, negative_prompt (or the old name, text); cells may be quoted and hold line
/// breaks; rows whose name begins with "#" are dividers and left out. Throws StylesError.
std::vector<Style> read_styles_csv(std::istream& in);
void write_styles_csv(std::ostream& out, std::span<const Style> styles);

/// [{"name", "prompt", "negative_prompt"}, ...]. Throws StylesError.
std::vector<Style> read_styles_json(std::istream& in);

/// The texts of styles around a prompt, one after the other; comments in both are left out.
std::string apply_styles(std::string_view prompt, std::span<const std::string> style_texts);

struct ExtractedStyle {
    bool was_found = false;
    std::string rest;  ///< the prompt without the style's text, or the prompt as it was
};

/// Undoes apply_styles for one style's text.
ExtractedStyle extract_style(std::string_view style_text, std::string_view prompt);

}  // namespace diffusion
