#include "app/cli/progress_bar.h"

#include <algorithm>
#include <cstdio>
#include <iostream>
#include <unistd.h>

namespace cli {
namespace {

constexpr int barWidth = 24;

/// For people; nameOf is for programs.
const char* word(diffusion::Phase phase) {
    return phase == diffusion::Phase::encoding ? "reading the prompt" : nameOf(phase);
}

/// share: 0..1
std::string bar(double share) {
    const int filled = std::clamp(int(barWidth * share + 1e-9), 0, barWidth);
    return "[" + std::string(size_t(filled), '=') + std::string(size_t(barWidth - filled), ' ') +
           "]";
}

std::string rate(double secondsPerStep) {
    if (secondsPerStep <= 0) return "";
    char text[32];
    if (secondsPerStep < 1)
        std::snprintf(text, sizeof text, "  %.2f it/s", 1 / secondsPerStep);
    else
        std::snprintf(text, sizeof text, "  %.2f s/it", secondsPerStep);
    return text;
}

}  // namespace

const char* nameOf(diffusion::Phase phase) {
    using diffusion::Phase;
    switch (phase) {
        case Phase::loading:
            return "loading";
        case Phase::encoding:
            return "encoding";
        case Phase::sampling:
            return "sampling";
        case Phase::decoding:
            return "decoding";
        case Phase::finished:
            return "finished";
    }
    return "";
}

std::string shareLine(const std::string& what, std::uint64_t done, std::uint64_t total) {
    const double share = total > 0 ? double(done) / double(total) : 1;
    return what + "  " + bar(share) + " " + std::to_string(int(100 * share)) + "%";
}

std::string progressLine(const diffusion::Progress& progress) {
    std::string line = word(progress.phase);
    if (!progress.detail.empty()) line += " " + progress.detail;
    if (progress.picture_count > 1)
        line += "  picture " + std::to_string(progress.first_picture + 1) + "/" +
                std::to_string(progress.picture_count);
    if (progress.phase != diffusion::Phase::sampling) return line;
    const double share = double(progress.step) / std::max(progress.step_count, 1);
    line += "  " + bar(share) + " " + std::to_string(progress.step) +
            "/" + std::to_string(progress.step_count) + rate(progress.seconds_per_step);
    if (progress.seconds_left >= 0) line += "  ETA " + clockText(progress.seconds_left);
    return line;
}

std::string clockText(double seconds) {
    const long total = long(seconds + 0.5);
    char text[48];
    if (total >= 3600)
        std::snprintf(text, sizeof text, "%ld:%02ld:%02ld", total / 3600, total / 60 % 60,
                      total % 60);
    else
        std::snprintf(text, sizeof text, "%ld:%02ld", total / 60, total % 60);
    return text;
}

ProgressBar::ProgressBar() : isTerminal_(isatty(STDERR_FILENO) == 1) {}

void ProgressBar::show(const std::string& line) {
    if (!isTerminal_) return;
    std::cerr << "\r\x1b[K" << line << std::flush;
    isShown_ = true;
}

void ProgressBar::clear() {
    if (isShown_) std::cerr << "\r\x1b[K" << std::flush;
    isShown_ = false;
}

}  // namespace cli
