#include "diffusion/training/pixel_planes.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cstdint>

namespace diffusion::training {

namespace {

/// The picture's red, green and blue at (x, y) over white, and its alpha.
std::array<double, 4> over_white(const Image& picture, int x, int y) {
    const auto at = (static_cast<std::size_t>(y) * picture.width + x) * picture.channels;
    const double alpha = picture.channels == 4 ? picture.pixels[at + 3] / 255.0 : 1.0;
    std::array<double, 4> rgba{0, 0, 0, 255 * alpha};
    for (std::size_t c = 0; c < 3; ++c) rgba[c] = 255.0 + (picture.pixels[at + c] - 255.0) * alpha;
    return rgba;
}

/// Mean over the source pixels that the target pixel (x, y) covers.
std::array<double, 4> mean_at(const Image& picture, int x, int y, double scale) {
    const auto end_of = [](double edge, int limit) { return std::min(static_cast<int>(edge), limit); };
    const int left = static_cast<int>(x * scale), top = static_cast<int>(y * scale);
    const int right = std::max(left + 1, end_of((x + 1) * scale, picture.width));
    const int bottom = std::max(top + 1, end_of((y + 1) * scale, picture.height));
    std::array<double, 4> sum{};
    for (int j = top; j < bottom; ++j) {
        for (int i = left; i < right; ++i) {
            const auto rgba = over_white(picture, i, j);
            for (std::size_t c = 0; c < 4; ++c) sum[c] += rgba[c];
        }
    }
    for (auto& value : sum) value /= (right - left) * (bottom - top);
    return sum;
}

/// Median of left, above and their sum less the corner (LOCO-I's predictor).
int predict(int left, int above, int corner) {
    if (corner >= std::max(left, above)) return std::min(left, above);
    if (corner <= std::min(left, above)) return std::max(left, above);
    return left + above - corner;
}

/// Calls visit(index, prediction) in row order; the plane may be filled on the way.
template <typename Visit>
void for_each_predicted(const std::uint8_t* plane, int extent, Visit&& visit) {
    for (int y = 0; y < extent; ++y) {
        for (int x = 0; x < extent; ++x) {
            const auto at = static_cast<std::size_t>(y) * extent + x;
            const int left = x > 0 ? plane[at - 1] : (y > 0 ? plane[at - extent] : 0);
            const int above = y > 0 ? plane[at - extent] : left;
            const int corner = x > 0 && y > 0 ? plane[at - extent - 1] : above;
            visit(at, predict(left, above, corner));
        }
    }
}

}  // namespace

Image fit_on_white(const Image& picture, int extent) {
    const double scale = std::max(1.0, double(std::max(picture.width, picture.height)) / extent);
    const int width = std::max(1, static_cast<int>(picture.width / scale));
    const int height = std::max(1, static_cast<int>(picture.height / scale));
    Image fitted{extent, extent, 4, {}};
    fitted.pixels.assign(static_cast<std::size_t>(extent) * extent * 4, 255);
    for (std::size_t at = 3; at < fitted.pixels.size(); at += 4) fitted.pixels[at] = 0;
    const int left = (extent - width) / 2, top = (extent - height) / 2;
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            const auto rgba = mean_at(picture, x, y, scale);
            const auto at = (static_cast<std::size_t>(y + top) * extent + x + left) * 4;
            for (std::size_t c = 0; c < 4; ++c) {
                fitted.pixels[at + c] = static_cast<std::uint8_t>(rgba[c] + 0.5);
            }
        }
    }
    return fitted;
}

std::string to_planes(const Image& picture, int level_step) {
    assert(picture.channels >= 3 && picture.width == picture.height && 255 % level_step == 0);
    const auto area = static_cast<std::size_t>(picture.width) * picture.height;
    const auto channels = static_cast<std::size_t>(picture.channels);
    std::vector<std::uint8_t> planes(area * channels);
    const auto level = [&](std::size_t i) { return (picture.pixels[i] + level_step / 2) / level_step; };
    for (std::size_t i = 0; i < area; ++i) {
        const auto at = channels * i;
        const int red = level(at), green = level(at + 1), blue = level(at + 2);
        planes[i] = static_cast<std::uint8_t>(green);
        planes[area + i] = static_cast<std::uint8_t>(red - green);
        planes[2 * area + i] = static_cast<std::uint8_t>(blue - green);
        if (channels == 4) planes[3 * area + i] = static_cast<std::uint8_t>(level(at + 3));
    }
    std::string stored(planes.size(), '\0');
    for (std::size_t c = 0; c < channels; ++c) {
        const auto* plane = planes.data() + c * area;
        for_each_predicted(plane, picture.width, [&](std::size_t at, int prediction) {
            stored[c * area + at] = static_cast<char>(static_cast<std::uint8_t>(plane[at] - prediction));
        });
    }
    return stored;
}

Image from_planes(const std::string& planes, int extent, int channels, int level_step) {
    const auto area = static_cast<std::size_t>(extent) * extent;
    const auto count = static_cast<std::size_t>(channels);
    assert(planes.size() == area * count);
    std::vector<std::uint8_t> levels(area * count);
    for (std::size_t c = 0; c < count; ++c) {
        auto* plane = levels.data() + c * area;
        for_each_predicted(plane, extent, [&](std::size_t at, int prediction) {
            const int difference = static_cast<std::uint8_t>(planes[c * area + at]);
            plane[at] = static_cast<std::uint8_t>(prediction + difference);
        });
    }
    Image picture{extent, extent, channels, std::vector<std::uint8_t>(area * count)};
    const auto value = [&](int level) {
        return static_cast<std::uint8_t>(std::min(255, (level & 255) * level_step));
    };
    for (std::size_t i = 0; i < area; ++i) {
        const int green = levels[i];
        auto* pixel = picture.pixels.data() + count * i;
        pixel[0] = value(levels[area + i] + green);
        pixel[1] = value(green);
        pixel[2] = value(levels[2 * area + i] + green);
        if (count == 4) pixel[3] = value(levels[3 * area + i]);
    }
    return picture;
}

Image without_cover(const Image& picture) {
    Image plain{picture.width, picture.height, 3, {}};
    const auto channels = static_cast<std::size_t>(picture.channels);
    plain.pixels.reserve(picture.pixels.size() / channels * 3);
    for (std::size_t at = 0; at < picture.pixels.size(); at += channels)
        plain.pixels.insert(plain.pixels.end(), picture.pixels.begin() + static_cast<std::ptrdiff_t>(at),
                            picture.pixels.begin() + static_cast<std::ptrdiff_t>(at + 3));
    return plain;
}

}  // namespace diffusion::training
