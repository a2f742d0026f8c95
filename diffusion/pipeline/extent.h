#pragma once

#include <cstdint>

namespace diffusion::pipeline {

/// Pixels of the pictures asked for, and of the canvas that they are cut from: the next multiple of
/// the model's factor.
struct Extent {
    int width = 0;
    int height = 0;
    std::int64_t latent_width = 0;
    std::int64_t latent_height = 0;
};

}  // namespace diffusion::pipeline
