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

/// context [1, T, width] with so many rows: filled up with copies of `filling`, or cut.
void set_length(torch::Tensor& context, int64_t length, const torch::Tensor& filling) {
    if (context.size(1) >= length) {
        context = context.slice(1, 0, length);
        return;
    }
    const int64_t lacking = length - context.size(1);
    const int64_t copies = (lacking + filling.size(1) - 1) / filling.size(1);
    context = torch::cat({context, filling.repeat({1, copies, 1}).slice(1, 0, lacking)}, 1);
}

int64_t longest(const Guidance& guidance) {
    int64_t length = 0;
    for (const auto& part : guidance.positive)
        length = std::max(length, part.conditioning.context.size(1));
    return length;
}

void make_equal(Guidance& guidance, const torch::Tensor& empty) {
    auto& negative = guidance.unconditional->context;
    const auto length = std::max(longest(guidance), negative.size(1));
    for (auto& part : guidance.positive) set_length(part.conditioning.context, length, empty);
    set_length(negative, length, empty);
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

void GuidancePlan::pad(Padding padding, torch::Tensor empty) {
    padding_ = padding;
    empty_ = std::move(empty);
}

Guidance GuidancePlan::at(int call) const {
    Guidance guidance;
    for (const auto& [text, weight] : weights_at(positive_, call))
        if (weight != 0.0) guidance.positive.push_back({positive_texts_.at(text), weight});
    if (negative_)
        guidance.unconditional = negative_texts_.at(text_at(negative_->parts.front(), call));
    if (!guidance.unconditional || guidance.positive.empty()) return guidance;
    if (padding_ == Padding::empty_prompt) make_equal(guidance, empty_);
    auto& negative = guidance.unconditional->context;
    if (padding_ == Padding::last_row)
        set_length(negative, longest(guidance), negative.slice(1, negative.size(1) - 1));
    return guidance;
}

}  // namespace diffusion::pipeline
