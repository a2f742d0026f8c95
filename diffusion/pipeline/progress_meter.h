#pragma once

#include <chrono>

#include "diffusion/progress.h"

namespace diffusion::pipeline {

/// Turns finished steps into Progress: mean step time, and what is left of the whole request.
class ProgressMeter {
public:
    ProgressMeter(const ProgressCallback& callback, int picture_count, int step_count);

    void loading(const std::string& detail);
    void encoding();
    void begin_batch(int first_picture, int pictures_in_batch);
    /// step from 1; the preview may be empty.
    void stepped(int step, Image preview);
    void decoding();
    void end_batch();
    void warning(const std::string& text);
    void finished();

    double seconds() const;

private:
    using Clock = std::chrono::steady_clock;

    void say(Phase phase);
    double seconds_left(int steps_done) const;

    const ProgressCallback& callback_;
    Progress progress_;
    Clock::time_point begin_ = Clock::now();
    Clock::time_point last_step_ = Clock::now();
    double step_seconds_total_ = 0;  // of timed steps, scaled to one batch of the current size
    int timed_steps_ = 0;
    double decode_seconds_ = 0;
    int pictures_done_ = 0;
};

}  // namespace diffusion::pipeline
