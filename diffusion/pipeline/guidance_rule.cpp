#include "diffusion/pipeline/guidance_rule.h"

#include <algorithm>

#include "diffusion/pipeline/sampling_setup.h"

namespace diffusion::pipeline {

GuidanceRule::GuidanceRule(const GenerationRequest& request, const SamplingSetup& setup)
    : start_(request.guidance_start),
      end_(request.guidance_end),
      skip_early_(request.skip_early_guidance),
      minimum_sigma_(request.guidance_minimum_sigma),
      all_steps_(request.guidance_minimum_all_steps),
      calls_per_step_(setup.calls_per_step),
      step_count_(std::max(1, setup.step_count)) {}

bool GuidanceRule::skips(int call, double sigma) const {
    const double step = call / calls_per_step_;
    // DPM adaptive may take more steps than were asked for.
    const bool is_after = end_ < 1 && step >= end_ * step_count_;
    if (step < start_ * step_count_ || is_after) return true;
    // A1111 counts calls here, and the call that its share falls on still belongs to it.
    const double calls = static_cast<double>(step_count_) * calls_per_step_;
    if (skip_early_ > 0 && call / calls <= skip_early_) return true;
    return sigma < minimum_sigma_ && (all_steps_ || call % 2 == 1);
}

}  // namespace diffusion::pipeline
