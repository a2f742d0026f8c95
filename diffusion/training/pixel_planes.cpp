#include "diffusion/training/pixel_planes.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cstdint>

namespace diffusion::training {

namespace {

/// The picture's red, green and blue at (x, y) over white.
std::array<double, 3> over_white(const Image& picture, int x, int y) {
    const auto at = (static_cast<std::size_t>(y) * picture.width + x) * picture.channels;
    const double alpha = picture.channels == 4 ? picture.pixels[at + 3] / 255.0 : 1.0;
    std::array<double, 3> rgb{};
    for (std::size_t c = 0; c < 3; ++c) rgb[c] = 255.0 + (picture.pixels[at + c] - 255.0) * alpha;
    return rgb;
}

/// Mean over the source pixels that the target pixel (x, y) covers.
std::array<double, 3> mean_at(const Image& picture, int x, int y, double scale) {
    const auto end_of = [](double edge, int limit) { return std::min(static_cast<int>(edge), limit); };
    const int left = static_cast<int>(x * scale), top = static_cast<int>(y * scale);
    const int right = std::max(left + 1, end_of((x + 1) * scale, picture.width));
    const int bottom = std::max(top + 1, end_of((y + 1) * scale, picture.height));
    std::array<double, 3> sum{};
    for (int j = top; j < bottom; ++j) {
        for (int i = left; i < right; ++i) {
            const auto rgb = over_white(picture, i, j);
            for (std::size_t c = 0; c < 3; ++c) sum[c] += rgb[c];
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
    Image fitted{extent, extent, 3, {}};
    fitted.pixels.assign(static_cast<std::size_t>(extent) * extent * 3, 255);
    const int left = (extent - width) / 2, top = (extent - height) / 2;
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            const auto rgb = mean_at(picture, x, y, scale);
            const auto at = (static_cast<std::size_t>(y + top) * extent + x + left) * 3;
            for (std::size_t c = 0; c < 3; ++c) {
                fitted.pixels[at + c] = static_cast<std::uint8_t>(rgb[c] + 0.5);
            }
        }
    }
    return fitted;
}

std::string to_planes(const Image& picture, int level_step) {
    assert(picture.channels == 3 && picture.width == picture.height && 255 % level_step == 0);
    const auto area = static_cast<std::size_t>(picture.width) * picture.height;
    std::vector<std::uint8_t> planes(area * 3);
    const auto level = [&](std::size_t i) { return (picture.pixels[i] + level_step / 2) / level_step; };
    for (std::size_t i = 0; i < area; ++i) {
        const int red = level(3 * i), green = level(3 * i + 1), blue = level(3 * i + 2);
        planes[i] = static_cast<std::uint8_t>(green);
        planes[area + i] = static_cast<std::uint8_t>(red - green);
        planes[2 * area + i] = static_cast<std::uint8_t>(blue - green);
    }
    std::string stored(area * 3, '\0');
    for (std::size_t c = 0; c < 3; ++c) {
        const auto* plane = planes.data() + c * area;
        for_each_predicted(plane, picture.width, [&](std::size_t at, int prediction) {
            stored[c * area + at] = static_cast<char>(static_cast<std::uint8_t>(plane[at] - prediction));
        });
    }
    return stored;
}

Image from_planes(const std::string& planes, int extent, int level_step) {
    const auto area = static_cast<std::size_t>(extent) * extent;
    assert(planes.size() == area * 3);
    std::vector<std::uint8_t> levels(area * 3);
    for (std::size_t c = 0; c < 3; ++c) {
        auto* plane = levels.data() + c * area;
        for_each_predicted(plane, extent, [&](std::size_t at, int prediction) {
            const int difference = static_cast<std::uint8_t>(planes[c * area + at]);
            plane[at] = static_cast<std::uint8_t>(prediction + difference);
        });
    }
    Image picture{extent, extent, 3, std::vector<std::uint8_t>(area * 3)};
    const auto value = [&](int level) {
        return static_cast<std::uint8_t>(std::min(255, (level & 255) * level_step));
    };
    for (std::size_t i = 0; i < area; ++i) {
        const int green = levels[i];
        picture.pixels[3 * i] = value(levels[area + i] + green);
        picture.pixels[3 * i + 1] = value(green);
        picture.pixels[3 * i + 2] = value(levels[2 * area + i] + green);
    }
    return picture;
}

}  // namespace diffusion::training
