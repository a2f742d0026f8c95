#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string_view>

namespace diffusion {

/// The YAML that wildcard files use: nested mappings, lists with "-" and in brackets, quoted and
/// plain texts, comments. Throws std::runtime_error with the line.
nlohmann::ordered_json read_yaml(std::string_view text);

}  // namespace diffusion
