#pragma once

// What is given up for memory, and in which order.

#include <cstdint>
#include <functional>
#include <vector>

#include "diffusion/plan.h"

namespace diffusion::pipeline {

/// How a run keeps its memory down. The default is the fastest way.
struct Measures {
    bool narrow_weights = false;
    std::int64_t tile = 0;   ///< latent pixels of a side that the autoencoder takes at once; 0: all
    std::int64_t slice = 0;  ///< positions that a transformer block takes at once; 0: all
    bool streams_weights = false;
    bool splits_batch = false;

    bool operator==(const Measures&) const = default;
};

/// In the order of the ladder.
std::vector<Fallback> fallbacks_of(const Measures& measures);

struct Descent {
    Measures measures;
    std::int64_t peak_bytes = 0;
    bool fits = false;
};

/// Goes down the ladder until peak_of is within the limit (0: no limit) or nothing helps any more.
/// A rung that does not lower the peak is left out. factor: pixels of a latent pixel.
Descent descend(const Measures& begin, std::int64_t limit, std::int64_t factor,
                const std::function<std::int64_t(const Measures&)>& peak_of);

}  // namespace diffusion::pipeline
