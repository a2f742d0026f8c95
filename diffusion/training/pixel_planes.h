#pragma once

// Pixels as a pack stores them: planes of small differences, which zlib shrinks well.

#include <string>

#include "diffusion/image.h"

namespace diffusion::training {

/// Laid on white, scaled down by the mean of the covered pixels (never up) and centred in a white
/// square. Returns RGB.
Image fit_on_white(const Image& picture, int extent);

/// RGB -> extent * extent * 3 bytes; level_step divides 255.
std::string to_planes(const Image& picture, int level_step);
/// The reverse; planes.size() must be 3 * extent * extent.
Image from_planes(const std::string& planes, int extent, int level_step);

}  // namespace diffusion::training
