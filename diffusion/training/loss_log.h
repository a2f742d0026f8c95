#pragma once

// The losses of a run, kept beside its state, and a picture of their curve. Free of torch.

#include <cstdint>
#include <filesystem>
#include <span>
#include <vector>

#include "diffusion/image.h"

namespace diffusion::training {

struct LossPoint {
    std::int64_t step = 0;
    double loss = 0;
    bool operator==(const LossPoint&) const = default;
};

class LossLog {
public:
    /// Takes up the lines "step,loss" of file that come before first_step: what a killed run had logged
    /// beyond its saved state is done again. A file that isn't there or can't be read is an empty one.
    LossLog(std::filesystem::path file, std::int64_t first_step);

    void add(std::int64_t step, double loss) { points_.push_back({step, loss}); }

    /// All points, through a temporary file. Throws Error (cannot_write).
    void write() const;

    std::span<const LossPoint> points() const { return points_; }

private:
    std::filesystem::path file_;
    std::vector<LossPoint> points_;
};

/// RGB, 720 x 360: every loss as a faint dot, their running mean as a line, the numbers of both axes at
/// its ends. The scale leaves out the highest and lowest hundredth of the losses.
Image loss_curve(std::span<const LossPoint> points);

}  // namespace diffusion::training
