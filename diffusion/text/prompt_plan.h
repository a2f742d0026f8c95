#pragma once

// A prompt taken apart in the order in which A1111 does it: comments, extra networks, AND,
// schedules. What is left of each part is text with emphasis for the encoder. Standard library
// only.

#include "diffusion/text/prompt_parser.h"
#include "diffusion/text/prompt_schedule.h"

#include <string>
#include <string_view>
#include <vector>

namespace diffusion {

struct PlannedPart {
    double weight = 1.0;
    std::vector<ScheduledText> texts;  ///< at least one
};

struct PromptPlan {
    std::vector<PlannedPart> parts;      ///< at least one; more with AND
    std::vector<ExtraNetwork> networks;  ///< of the positive prompt

    /// One text of weight 1 for all steps.
    bool is_plain() const;
};

PromptPlan plan_prompt(std::string_view prompt, const ScheduleSteps& steps);

/// A negative prompt knows neither AND nor extra networks: they are text there.
PromptPlan plan_negative_prompt(std::string_view prompt, const ScheduleSteps& steps);

}  // namespace diffusion
