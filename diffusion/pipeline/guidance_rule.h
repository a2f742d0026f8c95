#pragma once

// When the negative prompt is left out for a call of the network.

#include "diffusion/request.h"

namespace diffusion::pipeline {

struct SamplingSetup;

/// Parts of a run that go without guidance: those outside of an interval of steps (Kynkäänniemi et
/// al. 2024), and A1111's "Skip Early CFG" and "Negative Guidance minimum sigma".
class GuidanceRule {
public:
    GuidanceRule(const GenerationRequest& request, const SamplingSetup& setup);

    /// call: of the network, from 0; sigma: that it is made at.
    bool skips(int call, double sigma) const;

private:
    double start_;
    double end_;
    double skip_early_;
    double minimum_sigma_;
    bool all_steps_;
    int calls_per_step_;
    int step_count_;
};

}  // namespace diffusion::pipeline
