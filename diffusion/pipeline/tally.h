#pragma once

// Counts the bytes that are held at once while a network's operations are gone through on paper.

#include <algorithm>
#include <cstdint>
#include <utility>

namespace diffusion::pipeline {

class Tally {
public:
    /// The most that was held at once.
    std::int64_t peak() const { return peak_; }

private:
    friend class Held;
    std::int64_t live_ = 0;
    std::int64_t peak_ = 0;
};

/// A tensor that takes so many bytes as long as this object lives.
class Held {
public:
    Held() = default;
    Held(Tally& tally, std::int64_t bytes) : tally_(&tally), bytes_(bytes) {
        tally.live_ += bytes;
        tally.peak_ = std::max(tally.peak_, tally.live_);
    }
    ~Held() { release(); }
    Held(Held&& other) noexcept
        : tally_(std::exchange(other.tally_, nullptr)), bytes_(std::exchange(other.bytes_, 0)) {}
    Held& operator=(Held&& other) noexcept {
        release();
        tally_ = std::exchange(other.tally_, nullptr);
        bytes_ = std::exchange(other.bytes_, 0);
        return *this;
    }

    void release() {
        if (tally_) tally_->live_ -= bytes_;
        tally_ = nullptr;
    }

private:
    Tally* tally_ = nullptr;
    std::int64_t bytes_ = 0;
};

}  // namespace diffusion::pipeline
