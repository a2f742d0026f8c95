#pragma once

// What the engine expects of a request before it runs.

#include <cstdint>
#include <string>

namespace diffusion {

/// Predicted cost of a request on this machine; 0 means not known yet.
struct Plan {
    std::int64_t peak_bytes = 0;
    double seconds = 0;
    std::string obstacle;  ///< why it can't run as it is, or empty
};

}  // namespace diffusion
