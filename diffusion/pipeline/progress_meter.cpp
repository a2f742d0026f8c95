#include "diffusion/pipeline/progress_meter.h"

#include <algorithm>
#include <utility>

namespace diffusion::pipeline {

namespace {

double seconds_since(std::chrono::steady_clock::time_point begin) {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

}  // namespace

ProgressMeter::ProgressMeter(const ProgressCallback& callback, int picture_count, int step_count)
    : callback_(callback) {
    progress_.picture_count = picture_count;
    progress_.step_count = step_count;
}

double ProgressMeter::seconds() const { return seconds_since(begin_); }

void ProgressMeter::say(Phase phase) {
    if (!callback_) return;
    progress_.phase = phase;
    progress_.seconds = seconds();
    callback_(progress_);
    progress_.preview = {};
}

void ProgressMeter::loading(const std::string& detail) {
    progress_.detail = detail;
    say(Phase::loading);
    progress_.detail.clear();
}

void ProgressMeter::encoding() { say(Phase::encoding); }

void ProgressMeter::begin_batch(int first_picture, int pictures_in_batch) {
    progress_.first_picture = first_picture;
    progress_.pictures_in_batch = pictures_in_batch;
    progress_.step = 0;
    last_step_ = Clock::now();
    say(Phase::sampling);
}

void ProgressMeter::stepped(int step, Image preview) {
    step_seconds_total_ += seconds_since(last_step_);
    last_step_ = Clock::now();
    ++timed_steps_;
    progress_.step = step;
    progress_.seconds_per_step = step_seconds_total_ / timed_steps_;
    progress_.seconds_left = seconds_left(step);
    progress_.preview = std::move(preview);
    say(Phase::sampling);
}

double ProgressMeter::seconds_left(int steps_done) const {
    const auto batch = std::max(progress_.pictures_in_batch, 1);
    const auto pictures_after = progress_.picture_count - pictures_done_ - batch;
    const auto batches_after = (pictures_after + batch - 1) / batch;
    // Until one was timed, decoding is taken for one and a half steps.
    const auto decode = decode_seconds_ > 0 ? decode_seconds_ : 1.5 * progress_.seconds_per_step;
    const auto one_batch = progress_.step_count * progress_.seconds_per_step + decode;
    return (progress_.step_count - steps_done) * progress_.seconds_per_step + decode +
           std::max(batches_after, 0) * one_batch;
}

void ProgressMeter::decoding() {
    last_step_ = Clock::now();
    say(Phase::decoding);
}

void ProgressMeter::end_batch() {
    decode_seconds_ = seconds_since(last_step_);
    pictures_done_ += progress_.pictures_in_batch;
}

void ProgressMeter::warning(const std::string& text) {
    progress_.warning = text;
    say(progress_.phase);
    progress_.warning.clear();
}

void ProgressMeter::finished() {
    progress_.seconds_left = 0;
    say(Phase::finished);
}

}  // namespace diffusion::pipeline
