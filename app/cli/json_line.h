#pragma once

#include <nlohmann/json.hpp>

namespace cli {

using Json = nlohmann::ordered_json;

/// One line on standard output, at once; text that is not UTF-8 is mended.
void writeLine(const Json& line);

}  // namespace cli
