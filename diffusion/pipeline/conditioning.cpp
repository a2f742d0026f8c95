#include "diffusion/pipeline/conditioning.h"

#include "diffusion/error.h"
#include "diffusion/text/prompt_encoder.h"
#include "diffusion/text/prompt_parser.h"

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
void refuse_networks(const std::string& prompt) {
    const auto networks = take_extra_networks(prompt).networks;
    if (networks.empty()) return;
    throw Error(ErrorKind::bad_request,
                "Prompt: <" + networks[0].kind + ":" + networks[0].items[0] +
                    "> asks for a network, which can't be applied yet; take it out of the prompt.");
}

}  // namespace

GuidancePair encode_guidance(Models& models, const GenerationRequest& request, const Extent& extent,
                             bool needs_unconditional) {
    refuse_networks(request.prompt);
    std::vector<EncoderPart> parts;
    for (size_t i = 0; i < models.text.size(); ++i) {
        parts.push_back({models.text[i].encoder, models.text[i].tokenizer.get(), rule_of(models, i)});
    }
    EncodeOptions options;
    options.clip_skip = request.clip_skip;
    GuidancePair pair;
    if (!needs_unconditional) {
        const auto text = encode_prompt(request.prompt, parts, options);
        pair.conditional = conditioning_of(models, text, extent, 6.0);
        return pair;
    }
    auto text = encode_prompts(request.prompt, request.negative_prompt, parts, options);
    if (models.description.zeroes_empty_negative && request.negative_prompt.empty()) {
        text.negative.context = torch::zeros_like(text.negative.context);
        if (text.negative.pooled.defined()) {
            text.negative.pooled = torch::zeros_like(text.negative.pooled);
        }
    }
    pair.conditional = conditioning_of(models, text.positive, extent, 6.0);
    pair.unconditional = conditioning_of(models, text.negative, extent, 2.5);
    return pair;
}

}  // namespace diffusion::pipeline
