#include "diffusion/pipeline/guidance_plan.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace diffusion::pipeline {

namespace {

/// The space around an AND means nothing, so that texts which differ in it only are one.
std::string trimmed(const std::string& text) {
    const auto first = text.find_first_not_of(" \t\r\n");
    if (first == std::string::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t\r\n") + 1 - first);
}

std::string text_at(const PlannedPart& part, int call) {
    return trimmed(part.texts[entry_for_call(part.texts, call)].text);
}

/// In the order of the prompt.
std::vector<std::pair<std::string, double>> weights_at(const PromptPlan& plan, int call) {
    std::vector<std::pair<std::string, double>> weights;
    for (const auto& part : plan.parts) {
        const auto text = text_at(part, call);
        const auto same = std::ranges::find(weights, text, &std::pair<std::string, double>::first);
        if (same == weights.end()) weights.emplace_back(text, part.weight);
        else same->second += part.weight;
    }
    return weights;
}

}  // namespace

bool needs_unconditional(const PromptPlan& positive) {
    double sum = 0;
    for (const auto& part : positive.parts) sum += part.weight;
    return std::abs(sum - 1.0) > 1e-9;
}

GuidancePlan::GuidancePlan(const PromptPlan& positive, const std::optional<PromptPlan>& negative,
                           const Encode& encode)
    : positive_(positive),
      negative_(negative),
      positive_texts_(encoded(positive, false, encode)) {
    if (negative) negative_texts_ = encoded(*negative, true, encode);
}

GuidancePlan::Texts GuidancePlan::encoded(const PromptPlan& plan, bool is_negative,
                                          const Encode& encode) {
    Texts texts;
    for (const auto& part : plan.parts)
        for (const auto& scheduled : part.texts) {
            const auto text = trimmed(scheduled.text);
            if (!texts.contains(text)) texts[text] = encode(text, is_negative);
        }
    return texts;
}

Guidance GuidancePlan::at(int call) const {
    Guidance guidance;
    for (const auto& [text, weight] : weights_at(positive_, call))
        if (weight != 0.0) guidance.positive.push_back({positive_texts_.at(text), weight});
    if (negative_)
        guidance.unconditional = negative_texts_.at(text_at(negative_->parts.front(), call));
    return guidance;
}

}  // namespace diffusion::pipeline
