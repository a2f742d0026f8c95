#include "diffusion/pipeline/conditioning.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "diffusion/error.h"
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

/// Original and target size are those of the picture, nothing is cropped (Podell et al. 2023,
/// section 2.2); the refiner reads an aesthetic score in place of the target.
torch::Tensor time_ids(const Models& models, const Extent& extent, double aesthetic_score) {
    const auto h = static_cast<double>(extent.height);
    const auto w = static_cast<double>(extent.width);
    const auto ids = models.description.family == ModelFamily::sdxl_refiner
                         ? torch::tensor({h, w, 0.0, 0.0, aesthetic_score})
                         : torch::tensor({h, w, 0.0, 0.0, h, w});
    return ids.unsqueeze(0).to(models.placement.device, torch::kFloat32);
}

unet::Conditioning conditioning_of(const Models& models, const TextConditioning& text,
                                   const Extent& extent, double aesthetic_score) {
    unet::Conditioning c{text.context, {}, {}};
    if (models.unet->config().has_added_conditioning()) {
        c.text_embeds = text.pooled;
        c.time_ids = time_ids(models, extent, aesthetic_score);
    }
    return c;
}

/// A network that can't be applied is named, never left out in silence.
void refuse_networks(const PromptPlan& plan) {
    if (plan.networks.empty()) return;
    const auto& network = plan.networks.front();
    const auto name = network.items.empty() ? std::string() : network.items.front();
    throw Error(ErrorKind::bad_request,
                "Prompt: <" + network.kind + ":" + name +
                    "> asks for a network, which can't be applied yet; take it out of the prompt.");
}

std::vector<EncoderPart> encoder_parts(const Models& models) {
    std::vector<EncoderPart> parts;
    for (size_t i = 0; i < models.text.size(); ++i)
        parts.push_back({models.text[i].encoder, models.text[i].tokenizer.get(), rule_of(models, i)});
    return parts;
}

void zero(TextConditioning& text) {
    text.context = torch::zeros_like(text.context);
    if (text.pooled.defined()) text.pooled = torch::zeros_like(text.pooled);
}

}  // namespace

GuidancePlan plan_guidance(Models& models, const GenerationRequest& request, const Extent& extent,
                           int call_count, bool needs_unconditional) {
    const ScheduleSteps steps{.steps = call_count};
    const auto positive = plan_prompt(request.prompt, steps);
    refuse_networks(positive);
    std::optional<PromptPlan> negative;
    if (needs_unconditional || pipeline::needs_unconditional(positive))
        negative = plan_negative_prompt(request.negative_prompt, steps);

    auto parts = encoder_parts(models);
    EncodeOptions options;
    options.clip_skip = request.clip_skip;
    std::map<std::string, TextConditioning> known;
    return GuidancePlan(positive, negative, [&](const std::string& text, bool is_negative) {
        if (!known.contains(text)) known[text] = encode_prompt(text, parts, options);
        auto encoded = known.at(text);
        if (is_negative && text.empty() && models.description.zeroes_empty_negative) zero(encoded);
        return conditioning_of(models, encoded, extent, is_negative ? 2.5 : 6.0);
    });
}

}  // namespace diffusion::pipeline
