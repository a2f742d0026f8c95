#pragma once

// Keeps house with memory and time for one engine: what a request may take, what it gives up, and how
// fast this machine has been so far.

#include "diffusion/engine.h"
#include "diffusion/pipeline/phase_watch.h"
#include "diffusion/pipeline/planner.h"

namespace diffusion::pipeline {

class Steward {
public:
    /// Make it before the process has any tensors. Throws Error (bad_request) for an unknown memory mode.
    explicit Steward(const EngineOptions& options);

    /// others: bytes of models that wait. Throws Error: what choose_placement and task_of throw.
    Decision decide(const GenerationRequest& request, const checkpoint::ModelFiles& files,
                    const SamplingSetup& setup, const std::vector<adapters::AdapterUse>& uses,
                    std::int64_t others) const;

    /// The same with seconds, for which the machine's speed is tried where no request has shown it.
    Plan plan(const GenerationRequest& request, const checkpoint::ModelFiles& files,
              const SamplingSetup& setup, const std::vector<adapters::AdapterUse>& uses, std::int64_t others);

    /// What a request should ask for instead, after it ran out of memory; may be empty.
    std::string advice(const Decision& decision) const;

    /// Remembers how fast a finished request was; has_loaded: its model was not in memory before.
    void learn(const Decision& decision, const PhaseWatch& watch, bool has_loaded);

private:
    std::int64_t limit() const;

    EngineOptions options_;
    std::int64_t start_;
    Speed speed_;
};

}  // namespace diffusion::pipeline
