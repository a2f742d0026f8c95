#pragma once

// Follows a request from phase to phase: how long each takes, and what of memory it may have.

#include <chrono>
#include <map>

#include "diffusion/pipeline/models.h"
#include "diffusion/pipeline/planner.h"

namespace diffusion::pipeline {

class PhaseWatch {
public:
    explicit PhaseWatch(const Decision& decision) : decision_(decision) {}
    ~PhaseWatch();
    PhaseWatch(const PhaseWatch&) = delete;
    PhaseWatch& operator=(const PhaseWatch&) = delete;

    /// From here on phases give back the memory of parts that are at rest.
    void begin(std::shared_ptr<const Models> models);

    /// Of every report; acts where its phase is another than the last one's.
    void hear(Phase phase);

    /// Seconds of a phase so far. What weights took that were read at their first use counts as loading.
    double seconds(Phase phase) const;

private:
    using Clock = std::chrono::steady_clock;

    void rest_others(Phase phase) const;
    void limit_blocks(Phase phase) const;

    /// Seconds that the part at work in this phase took to read its weights since begin().
    double reading(Phase phase) const;

    const Decision& decision_;
    std::shared_ptr<const Models> models_;
    Phase phase_ = Phase::loading;
    Clock::time_point since_ = Clock::now();
    std::map<Phase, double> seconds_;
    std::map<Phase, double> read_before_;
};

}  // namespace diffusion::pipeline
