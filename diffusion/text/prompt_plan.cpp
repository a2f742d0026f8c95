#include "diffusion/text/prompt_plan.h"

#include <algorithm>
#include <set>
#include <stdexcept>

namespace diffusion {

namespace {

/// No prompt holds it: it ends texts wherever they come from.
constexpr char between = '\0';

const std::string& text_at(const std::vector<ScheduledText>& texts, int step) {
    const auto found = std::find_if(texts.begin(), texts.end(), [step](const ScheduledText& text) {
        return step <= text.end_step;
    });
    return found == texts.end() ? texts.back().text : found->text;
}

std::vector<ScheduledText> joined(const std::vector<ScheduledText>& first,
                                  const std::vector<ScheduledText>& second) {
    std::set<int> ends;
    for (const auto* texts : {&first, &second})
        for (const auto& text : *texts) ends.insert(text.end_step);
    std::vector<ScheduledText> both;
    for (const int end : ends)
        both.push_back({end, text_at(first, end) + between + text_at(second, end)});
    return both;
}

std::vector<ScheduledText> scheduled(std::string_view text, const ScheduleSteps& steps,
                                     const PromptRules& rules) {
    if (!rules.has_grammar) return {{steps.steps, std::string(text)}};
    return schedule_prompt(text, steps);
}

std::string without_comments(std::string_view prompt, const PromptRules& rules) {
    return rules.has_comments && rules.has_grammar ? strip_comments(prompt) : std::string(prompt);
}

}  // namespace

bool PromptPlan::is_plain() const {
    return parts.size() == 1 && parts[0].weight == 1.0 && parts[0].texts.size() == 1;
}

PromptPlan plan_prompt(std::string_view prompt, const ScheduleSteps& steps,
                       const PromptRules& rules) {
    auto found = take_extra_networks(without_comments(prompt, rules));
    PromptPlan plan{{}, std::move(found.networks)};
    if (!rules.has_grammar) {
        plan.parts.push_back({1.0, scheduled(found.prompt, steps, rules)});
        return plan;
    }
    for (const auto& part : split_and(found.prompt))
        plan.parts.push_back({part.weight, scheduled(part.text, steps, rules)});
    return plan;
}

PromptPlan plan_negative_prompt(std::string_view prompt, const ScheduleSteps& steps,
                                const PromptRules& rules) {
    return {{{1.0, scheduled(without_comments(prompt, rules), steps, rules)}}, {}};
}

PromptPlan joined(const PromptPlan& first, const PromptPlan& second) {
    if (second.parts.size() != 1 && second.parts.size() != first.parts.size())
        throw std::invalid_argument("expected one side, or " + std::to_string(first.parts.size()) +
                                    " sides of AND as in the first prompt, found " +
                                    std::to_string(second.parts.size()));
    auto both = first;
    for (size_t i = 0; i < both.parts.size(); ++i) {
        const auto& beside = second.parts[second.parts.size() == 1 ? 0 : i];
        both.parts[i].texts = joined(first.parts[i].texts, beside.texts);
    }
    both.networks.insert(both.networks.end(), second.networks.begin(), second.networks.end());
    return both;
}

std::pair<std::string, std::string> separated(std::string_view text) {
    const auto at = text.find(between);
    if (at == std::string_view::npos) return {std::string(text), std::string(text)};
    return {std::string(text.substr(0, at)), std::string(text.substr(at + 1))};
}

}  // namespace diffusion
