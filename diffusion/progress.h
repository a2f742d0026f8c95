#pragma once

// What the engine says while it works. Values only; sent from the engine thread.

#include <functional>
#include <string>

#include "diffusion/image.h"

namespace diffusion {

enum class Phase { loading, encoding, sampling, decoding, finished };

/// One report. In Phase::sampling, step counts from 1 to step_count for the pictures
/// first_picture ... first_picture + pictures_in_batch - 1 of picture_count.
struct Progress {
    Phase phase = Phase::loading;
    std::string detail;  ///< the file being read, or empty
    std::string warning; ///< what went another way than asked, said once; or empty
    int step = 0;
    int step_count = 0;
    int first_picture = 0;
    int pictures_in_batch = 1;
    int picture_count = 1;
    double seconds = 0;            ///< since the request began
    double seconds_per_step = 0;   ///< moving mean; 0 before the second step
    double seconds_left = -1;      ///< whole request; negative while unknown
    Image preview;                 ///< rough picture of the latent, of the first picture; may be empty
};

using ProgressCallback = std::function<void(const Progress&)>;

}  // namespace diffusion
