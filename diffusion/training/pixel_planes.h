#pragma once

// Pixels as a pack stores them: planes of small differences, which zlib shrinks well.

#include <string>

#include "diffusion/image.h"

namespace diffusion::training {

/// Laid on white, scaled down by the mean of the covered pixels (never up) and centred in a white
/// square. Returns RGBA: the colours as they lie on white, and how much of the white they cover.
Image fit_on_white(const Image& picture, int extent);

/// RGB or RGBA -> extent * extent bytes for each channel; level_step divides 255.
std::string to_planes(const Image& picture, int level_step);
/// The reverse; planes.size() must be channels * extent * extent.
Image from_planes(const std::string& planes, int extent, int channels, int level_step);

/// The first three channels.
Image without_cover(const Image& picture);

}  // namespace diffusion::training
