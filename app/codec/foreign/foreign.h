#pragma once

// Pictures of other programs: what their texts say, in one vocabulary. Reading never fails: a
// dialect that is damaged is passed over, as if the text were not there.

#include "app/codec/foreign/json_text.h"
#include "app/codec/picture_text.h"

#include <QList>
#include <QString>

#include <optional>

namespace codec::foreign {

/// What the brackets of a prompt mean.
enum class PromptGrammar { a1111, comfyui, novelai, compel };

/// What a picture says of itself.
///
/// Names in `settings`, each only if it was found: prompt, negative_prompt, seed, steps, sampler,
/// scheduler (both as the program calls them), cfg_scale, cfg_rescale, width, height, model,
/// model_hash, vae, clip_skip, denoise, noise (whose random numbers: cpu, gpu, nv), loras, passes
/// (samplers one after the other), prompt_parts (encoded apart and combined), characters.
/// Everything else keeps the name that the program gave it.
struct Found {
    QString program;  ///< "ComfyUI"; with its version where it says one
    QString place;    ///< the keyword of the text
    PromptGrammar grammar = PromptGrammar::a1111;
    Json settings = Json::object();
};

/// The first dialect that knows its own; empty for pictures without settings.
std::optional<Found> findSettings(const QList<PictureText>& texts);

}  // namespace codec::foreign
