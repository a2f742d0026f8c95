#pragma once

// What can be said of one model, for people and for programs.

#include "app/cli/json_line.h"
#include "diffusion/engine.h"

#include <string>

namespace cli {

/// "4.2 GB"
std::string sizeText(std::uint64_t bytes);

/// "859,520,964"
std::string countText(std::int64_t count);

/// A line for each fact; sha256 may be empty.
std::string reportText(const diffusion::ModelReport& report, const std::string& sha256);

Json reportJson(const diffusion::ModelReport& report, const std::string& sha256);

}  // namespace cli
