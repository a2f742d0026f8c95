#pragma once

// A picture as it crosses the door: plain bytes, no toolkit type.

#include <cstddef>
#include <cstdint>
#include <vector>

namespace diffusion {

/// Interleaved 8-bit pixels, rows from top to bottom without padding; channels 3 (RGB) or 4 (RGBA,
/// straight alpha). pixels.size() == width * height * channels.
struct Image {
    int width = 0;
    int height = 0;
    int channels = 3;
    std::vector<std::uint8_t> pixels;

    bool is_empty() const { return pixels.empty(); }
    bool operator==(const Image&) const = default;
};

}  // namespace diffusion
