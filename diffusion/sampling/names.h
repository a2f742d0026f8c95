#pragma once

// Names that people type: compared without regard to case, and answered with the nearest known ones
// when nothing fits.

#include <string>
#include <string_view>
#include <vector>

namespace diffusion::sampling {

/// Equal but for the case of ASCII letters.
bool same_name(std::string_view a, std::string_view b);

/// `"eulr" is not a sampler; did you mean Euler, Euler a or Heun?` known: labels and aliases.
std::string unknown_name(std::string_view field, std::string_view found,
                         const std::vector<std::string>& known);

}  // namespace diffusion::sampling
