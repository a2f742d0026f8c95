#pragma once

#include "diffusion/progress.h"

#include <string>

namespace cli {

/// The report as one line: phase, picture, step, a bar, steps per second and the time left.
std::string progressLine(const diffusion::Progress& progress);

/// "0:07", "1:02:03".
std::string clockText(double seconds);

/// One line on the terminal's error stream that is drawn over and over; nothing where that stream
/// is no terminal.
class ProgressBar {
public:
    ProgressBar();

    void show(const std::string& line);
    /// Takes the line away, so that other text can be written.
    void clear();

private:
    bool isTerminal_;
    bool isShown_ = false;
};

}  // namespace cli
