#include "diffusion/training/loss_log.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <string>

#include "diffusion/training/write_whole.h"

namespace diffusion::training {

namespace {

constexpr int width = 720, height = 360;
constexpr int left = 64, right = 12, top = 12, bottom = 28;

using Colour = std::array<std::uint8_t, 3>;
constexpr Colour paper{255, 255, 255}, frame{190, 190, 196}, ink{70, 70, 78}, dot{205, 214, 235},
    line{40, 92, 200};

/// Digits, '.' and '-' of 3 x 5 pixels, rows from above, three bits each.
constexpr std::array<std::array<int, 5>, 12> glyphs{{{7, 5, 5, 5, 7},
                                                     {2, 6, 2, 2, 7},
                                                     {7, 1, 7, 4, 7},
                                                     {7, 1, 7, 1, 7},
                                                     {5, 5, 7, 1, 1},
                                                     {7, 4, 7, 1, 7},
                                                     {7, 4, 7, 5, 7},
                                                     {7, 1, 2, 2, 2},
                                                     {7, 5, 7, 5, 7},
                                                     {7, 5, 7, 1, 7},
                                                     {0, 0, 0, 0, 2},
                                                     {0, 0, 7, 0, 0}}};
constexpr int glyph_scale = 2, glyph_step = 4 * glyph_scale;

class Canvas {
public:
    Canvas() : image_{width, height, 3, std::vector<std::uint8_t>(std::size_t{width} * height * 3)} {
        fill(0, 0, width, height, paper);
    }

    void set(int x, int y, const Colour& colour) {
        if (x < 0 || y < 0 || x >= width || y >= height) return;
        std::ranges::copy(colour, image_.pixels.begin() + (std::ptrdiff_t{y} * width + x) * 3);
    }

    void fill(int x, int y, int w, int h, const Colour& colour) {
        for (int j = y; j < y + h; ++j)
            for (int i = x; i < x + w; ++i) set(i, j, colour);
    }

    /// Two pixels thick.
    void connect(double x0, double y0, double x1, double y1, const Colour& colour) {
        const int count = std::max(1, static_cast<int>(std::ceil(std::max(std::abs(x1 - x0), std::abs(y1 - y0)))));
        for (int i = 0; i <= count; ++i) {
            const double way = double(i) / count;
            fill(static_cast<int>(x0 + way * (x1 - x0)), static_cast<int>(y0 + way * (y1 - y0)), 2, 2, colour);
        }
    }

    /// The text ends before x.
    void write_before(int x, int y, const std::string& text) {
        x -= static_cast<int>(text.size()) * glyph_step;
        for (const char c : text) {
            const auto& rows = glyphs[static_cast<std::size_t>(c == '.' ? 10 : c == '-' ? 11 : c - '0')];
            for (int row = 0; row < 5; ++row)
                for (int column = 0; column < 3; ++column)
                    if ((rows[static_cast<std::size_t>(row)] >> (2 - column)) & 1)
                        fill(x + column * glyph_scale, y + row * glyph_scale, glyph_scale, glyph_scale, ink);
            x += glyph_step;
        }
    }

    Image take() { return std::move(image_); }

private:
    Image image_;
};

std::string short_number(double value) {
    char text[32];
    std::snprintf(text, sizeof text, "%.4f", std::clamp(value, -9999.0, 99999.0));
    return text;
}

struct Range {
    double low, high;
};

/// Of all but the outermost hundredths, never empty.
Range range_of(std::span<const LossPoint> points) {
    std::vector<double> losses;
    for (const auto& point : points) losses.push_back(point.loss);
    std::ranges::sort(losses);
    const auto edge = losses.size() / 100;
    const double low = losses[edge], high = losses[losses.size() - 1 - edge];
    const double margin = std::max((high - low) * 0.05, std::max(1e-6, std::abs(high) * 1e-3));
    return {low - margin, high + margin};
}

}  // namespace

LossLog::LossLog(std::filesystem::path file, std::int64_t first_step) : file_(std::move(file)) {
    std::ifstream stream(file_);
    for (std::string text; std::getline(stream, text);) {
        LossPoint point;
        long long step = 0;
        if (std::sscanf(text.c_str(), "%lld,%lf", &step, &point.loss) != 2) continue;
        point.step = step;
        if (point.step >= 0 && point.step < first_step && std::isfinite(point.loss)) points_.push_back(point);
    }
}

void LossLog::write() const {
    std::string lines;
    char text[64];
    for (const auto& point : points_) {
        std::snprintf(text, sizeof text, "%lld,%.9g\n", static_cast<long long>(point.step), point.loss);
        lines += text;
    }
    write_whole(file_, lines);
}

Image loss_curve(std::span<const LossPoint> points) {
    Canvas canvas;
    constexpr int wide = width - left - right, high = height - top - bottom;
    canvas.fill(left, top, 1, high, frame);
    canvas.fill(left, top + high, wide, 1, frame);
    if (points.empty()) return canvas.take();
    const auto range = range_of(points);
    const double first = double(points.front().step), last = std::max(first + 1, double(points.back().step));
    const auto x_of = [&](const LossPoint& p) { return left + (double(p.step) - first) / (last - first) * (wide - 2); };
    const auto y_of = [&](double loss) {
        return top + std::clamp((range.high - loss) / (range.high - range.low), 0.0, 1.0) * (high - 2);
    };
    for (const auto& p : points) canvas.fill(int(x_of(p)), int(y_of(p.loss)), 2, 2, dot);
    // The mean forgets over a fiftieth of the run.
    const double keep = 1 - 1 / std::max(2.0, double(points.size()) / 50);
    double mean = points.front().loss, x = x_of(points.front()), y = y_of(mean);
    for (const auto& p : points) {
        mean = keep * mean + (1 - keep) * p.loss;
        canvas.connect(x, y, x_of(p), y_of(mean), line);
        x = x_of(p), y = y_of(mean);
    }
    constexpr int glyph_height = 5 * glyph_scale;
    canvas.write_before(left - 6, top, short_number(range.high));
    canvas.write_before(left - 6, top + high - glyph_height, short_number(range.low));
    canvas.write_before(width - right, height - bottom + 8, std::to_string(points.back().step));
    const auto begin = std::to_string(points.front().step);
    canvas.write_before(left + static_cast<int>(begin.size()) * glyph_step, height - bottom + 8, begin);
    return canvas.take();
}

}  // namespace diffusion::training
