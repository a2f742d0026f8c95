#include "app/cli/json_line.h"

#include <iostream>

namespace cli {

void writeLine(const Json& line) {
    std::cout << line.dump(-1, ' ', false, Json::error_handler_t::replace) << std::endl;
}

}  // namespace cli
