#pragma once

#include <functional>
#include <string>

#include "diffusion/pipeline/generate.h"
#include "diffusion/pipeline/guidance_plan.h"
#include "diffusion/pipeline/prompt_networks.h"

namespace diffusion::pipeline {

/// Both prompts taken apart.
struct PlannedPrompts {
    PromptPlan positive;
    PromptPlan negative;
};

/// The model's text encoders with the rules of its family.
std::vector<EncoderPart> encoder_parts(const Models& models);

/// By the rules of the request's profile. call_count: as for plan_guidance. Throws Error (bad_request)
/// for second prompts of a model without a second encoder, or that don't fit the first ones.
PlannedPrompts plan_prompts(const GenerationRequest& request, int call_count,
                            bool has_second_encoder);

/// Both prompts taken apart (AND, [from:to:when], [a|b], comments) and their texts encoded as the
/// model's family wants them, sizes included for SDXL. call_count: calls of the network that a whole
/// schedule takes, of which a prompt's fractions are shares. Without needs_unconditional the
/// negative prompt is left out, unless the prompt's weights need it. networks: whose embeddings may
/// stand in the prompts; hears which do. warn, which may be empty, is told what of a prompt the
/// profile's program leaves out. Throws Error (bad_request): a clip skip beyond the encoder's layers.
GuidancePlan plan_guidance(Models& models, const GenerationRequest& request, const Extent& extent,
                           int call_count, bool needs_unconditional,
                           PromptNetworks* networks = nullptr,
                           const std::function<void(const std::string&)>& warn = {});

}  // namespace diffusion::pipeline
