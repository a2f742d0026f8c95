#pragma once

// A prompt taken apart in the order in which A1111 does it: comments, extra networks, AND,
// schedules. What is left of each part is text with emphasis for the encoder. Standard library
// only.

#include "diffusion/text/prompt_parser.h"
#include "diffusion/text/prompt_schedule.h"

#include <string>
#include <string_view>
#include <utility>
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

/// What of a prompt is not text.
struct PromptRules {
    bool has_comments = true;  ///< "#" to the end of the line is left out
    bool has_grammar = true;   ///< AND and schedules; without it no comments either
};

PromptPlan plan_prompt(std::string_view prompt, const ScheduleSteps& steps,
                       const PromptRules& rules = {});

/// A negative prompt knows neither AND nor extra networks: they are text there.
PromptPlan plan_negative_prompt(std::string_view prompt, const ScheduleSteps& steps,
                                const PromptRules& rules = {});

/// Two prompts for the two encoders of a model as one plan, whose texts hold both. The second one
/// has as many sides of AND as the first one, or a single one that stands beside all of them; weights
/// are those of the first one. Throws std::invalid_argument that says the two numbers.
PromptPlan joined(const PromptPlan& first, const PromptPlan& second);

/// The texts that joined put together; one that was not joined is both.
std::pair<std::string, std::string> separated(std::string_view text);

}  // namespace diffusion
