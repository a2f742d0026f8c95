#pragma once

// What the engine expects of a request before it runs: how much memory, how long, and what it will do
// to stay within its limit.

#include <cstdint>
#include <string>
#include <vector>

#include "diffusion/progress.h"

namespace diffusion {

/// What a run can do to take less memory, in the order in which it is tried.
enum class Fallback {
    narrow_weights,    ///< weights stay in the file in its type, and a part leaves memory after its phase
    tiled_codec,       ///< the autoencoder works on overlapping tiles that are blended
    sliced_attention,  ///< transformer blocks work on a slice of their positions at a time
    streamed_weights,  ///< each layer's weights leave memory as soon as it is done
    split_batch        ///< one picture and one text at a time
};

/// "tiled_codec", as JSON output spells it.
constexpr const char* name_of(Fallback fallback) {
    switch (fallback) {
        case Fallback::narrow_weights: return "narrow_weights";
        case Fallback::tiled_codec: return "tiled_codec";
        case Fallback::sliced_attention: return "sliced_attention";
        case Fallback::streamed_weights: return "streamed_weights";
        case Fallback::split_batch: return "split_batch";
    }
    return "";
}

/// Loading, encoding, sampling or decoding, for all pictures of the request together.
struct PhasePlan {
    Phase phase = Phase::loading;
    std::int64_t peak_bytes = 0;  ///< as Plan has it, while the phase lasts
    double seconds = 0;
};

/// Predicted cost of a request on this machine. Memory is what the whole process takes at its most
/// (resident, mapped files included), on a GPU what it takes of the device's.
struct Plan {
    std::int64_t peak_bytes = 0;
    std::int64_t limit_bytes = 0;  ///< what it may take; 0 where nobody knows
    double seconds = 0;
    std::vector<PhasePlan> phases;     ///< in the order of work
    std::vector<Fallback> fallbacks;   ///< that will be used
    int width = 0;                     ///< of the pictures, as they will be
    int height = 0;
    int pictures_at_once = 1;
    int tile = 0;                      ///< pixels of a side, with tiled_codec
    std::string obstacle;  ///< why it can't run as it is and what would fit, or empty
    /// With an obstacle, the same in numbers: the size in pixels that would fit (0: none does), and the
    /// least limit in bytes under which a picture of this model can be made.
    int fitting_width = 0;
    int fitting_height = 0;
    std::int64_t least_bytes = 0;
};

}  // namespace diffusion
