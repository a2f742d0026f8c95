#include "diffusion/text/prompt_plan.h"

namespace diffusion {

bool PromptPlan::is_plain() const {
    return parts.size() == 1 && parts[0].weight == 1.0 && parts[0].texts.size() == 1;
}

PromptPlan plan_prompt(std::string_view prompt, const ScheduleSteps& steps) {
    auto found = take_extra_networks(strip_comments(prompt));
    PromptPlan plan{{}, std::move(found.networks)};
    for (const auto& part : split_and(found.prompt))
        plan.parts.push_back({part.weight, schedule_prompt(part.text, steps)});
    return plan;
}

PromptPlan plan_negative_prompt(std::string_view prompt, const ScheduleSteps& steps) {
    return {{{1.0, schedule_prompt(strip_comments(prompt), steps)}}, {}};
}

}  // namespace diffusion
