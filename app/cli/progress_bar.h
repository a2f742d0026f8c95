#pragma once

#include "diffusion/progress.h"

#include <cstdint>
#include <string>

namespace cli {

/// "sampling", as JSON output spells it.
const char* nameOf(diffusion::Phase phase);

/// "hashing  [====    ] 50%", of bytes.
std::string shareLine(const std::string& what, std::uint64_t done, std::uint64_t total);

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
