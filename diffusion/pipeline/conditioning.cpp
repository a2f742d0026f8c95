#include "diffusion/pipeline/conditioning.h"

#include <functional>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "diffusion/error.h"
#include "diffusion/pipeline/finite_guard.h"
#include "diffusion/pipeline/profile.h"
#include "diffusion/text/prompt_encoder.h"
#include "diffusion/text/prompt_plan.h"

namespace diffusion::pipeline {

namespace {

using checkpoint::ModelFamily;

HiddenStateRule rule_of(const Models& models, size_t encoder) {
    switch (models.description.family) {
        case ModelFamily::sd2:
            return HiddenStateRule::sd2(
                static_cast<int>(models.text[encoder].encoder->config().layers));
        case ModelFamily::sdxl: return HiddenStateRule::sdxl(encoder == 1);
        case ModelFamily::sdxl_refiner: return HiddenStateRule::sdxl(true);
        case ModelFamily::sd1:
        case ModelFamily::atelier: break;
    }
    return HiddenStateRule::sd1();
}

/// What SDXL reads of the picture's origin (Podell et al. 2023, section 2.2); the refiner reads an
/// aesthetic score in place of the target.
torch::Tensor time_ids(const Models& models, const GenerationRequest& request, const Extent& extent,
                       bool is_negative) {
    const auto or_own = [](int asked, int own) { return static_cast<double>(asked > 0 ? asked : own); };
    std::vector<double> ids{or_own(request.original_height, extent.height),
                            or_own(request.original_width, extent.width),
                            static_cast<double>(request.crop_top),
                            static_cast<double>(request.crop_left)};
    if (models.description.family == ModelFamily::sdxl_refiner) {
        ids.push_back(is_negative ? request.negative_aesthetic_score : request.aesthetic_score);
    } else {
        ids.push_back(or_own(request.target_height, extent.height));
        ids.push_back(or_own(request.target_width, extent.width));
    }
    return torch::tensor(ids).unsqueeze(0).to(models.placement.device, torch::kFloat32);
}

PromptPlan with_second(const PromptPlan& plan, const PromptPlan& second, const char* field) {
    try {
        return joined(plan, second);
    } catch (const std::invalid_argument& error) {
        throw Error(ErrorKind::bad_request, std::string(field) + ": " + error.what() + ".");
    }
}

EncodeOptions encode_options(const GenerationRequest& request) {
    const auto reading = reading_of(request);
    EncodeOptions options;
    options.clip_skip = request.clip_skip;
    options.emphasis = reading.emphasis;
    if (reading.is_cut) {
        options.most_chunks = 1;
        options.comma_backtrack = 0;
    }
    return options;
}

void warn_of_cut(const TextConditioning& text, bool is_negative,
                 const std::function<void(const std::string&)>& warn) {
    if (text.left_out.empty()) return;
    warn(std::string(is_negative ? "Negative prompt" : "Prompt") +
         ": diffusers reads what fits into the text encoder once, and so does its compatibility; left "
         "out: \"" + text.left_out + "\". Another compatibility or emphasis reads all of it.");
}

Padding padding_of(const GenerationRequest& request) {
    if (request.pad_conds_v0) return Padding::last_row;
    return request.pad_conds ? Padding::empty_prompt : Padding::none;
}

void zero(TextConditioning& text) {
    text.context = torch::zeros_like(text.context);
    if (text.pooled.defined()) text.pooled = torch::zeros_like(text.pooled);
}

}  // namespace

std::vector<EncoderPart> encoder_parts(const Models& models) {
    std::vector<EncoderPart> parts;
    for (size_t i = 0; i < models.text.size(); ++i)
        parts.push_back({models.text[i].encoder, models.text[i].tokenizer.get(), rule_of(models, i)});
    return parts;
}

PlannedPrompts plan_prompts(const GenerationRequest& request, int call_count,
                            bool has_second_encoder) {
    const ScheduleSteps steps{.steps = call_count,
                              .has_old_timelines = request.old_prompt_timelines};
    const PromptRules rules{request.prompt_comments, reading_of(request).has_grammar};
    PlannedPrompts plans{plan_prompt(request.prompt, steps, rules),
                         plan_negative_prompt(request.negative_prompt, steps, rules)};
    if (request.prompt_2.empty() && request.negative_prompt_2.empty()) return plans;
    if (!has_second_encoder)
        throw Error(ErrorKind::bad_request,
                    std::string(request.prompt_2.empty() ? "negative_prompt_2" : "prompt_2") +
                        ": the model has one text encoder, so that a second prompt has no place; "
                        "leave it empty.");
    if (!request.prompt_2.empty())
        plans.positive =
            with_second(plans.positive, plan_prompt(request.prompt_2, steps, rules), "prompt_2");
    if (!request.negative_prompt_2.empty())
        plans.negative = with_second(plans.negative,
                                     plan_negative_prompt(request.negative_prompt_2, steps, rules),
                                     "negative_prompt_2");
    return plans;
}

GuidancePlan plan_guidance(Models& models, const GenerationRequest& request, const Extent& extent,
                           int call_count, bool needs_unconditional, PromptNetworks* networks,
                           const std::function<void(const std::string&)>& warn) {
    const auto both = plan_prompts(request, call_count, models.text.size() > 1);
    std::optional<PromptPlan> negative;
    if (needs_unconditional || pipeline::needs_unconditional(both.positive))
        negative = both.negative;

    FiniteGuard guard(models, warn);
    auto options = encode_options(request);
    if (networks) options.embeddings = networks->embeddings();
    std::map<std::string, TextConditioning> known;
    GuidancePlan plan(both.positive, negative, [&](const std::string& text, bool is_negative) {
        const auto [first, second] = separated(text);
        if (!known.contains(text)) {
            known[text] = guard.encoded([&](auto& parts) {
                return encode_prompts(std::vector{first, second}, parts, options);
            });
            if (warn) warn_of_cut(known[text], is_negative, warn);
        }
        auto encoded = known.at(text);
        if (networks) networks->mark_used(encoded.embeddings);
        const bool is_empty = first.empty() && second.empty();
        if (is_negative && is_empty && models.description.zeroes_empty_negative &&
            profile_of(request).program != sampling::Compatibility::comfyui)
            zero(encoded);
        unet::Conditioning c{encoded.context, {}, {}};
        if (models.unet->config().has_added_conditioning()) {
            c.text_embeds = encoded.pooled;
            c.time_ids = time_ids(models, request, extent, is_negative);
        }
        return c;
    });
    const auto padding = padding_of(request);
    if (padding != Padding::empty_prompt) plan.pad(padding, {});
    else plan.pad(padding, guard.encoded([&](auto& parts) { return encode_prompt("", parts, options); }).context);
    return plan;
}

}  // namespace diffusion::pipeline
