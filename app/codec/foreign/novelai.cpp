// NovelAI: text chunks Software, Source, Description and a Comment with all settings.

#include "app/codec/foreign/dialects.h"
#include "app/codec/text.h"

#include <array>

namespace codec::foreign {
namespace {

const QStringList translated{"prompt",
                             "uc",
                             "seed",
                             "steps",
                             "scale",
                             "width",
                             "height",
                             "sampler",
                             "cfg_rescale",
                             "strength",
                             "v4_prompt",
                             "v4_negative_prompt",
                             "noise_schedule",
                             "n_samples",
                             "signed_hash",
                             "request_type",
                             "hide_debug_overlay"};

const Json& captionOf(const Json& prompt) {
    return member(prompt, "caption");
}

const Json& charactersOf(const Json& prompt) {
    return member(captionOf(prompt), "char_captions");
}

/// People of version 4, each with a prompt and a place of its own.
Json characters(const Json& comment) {
    const Json& positive = charactersOf(member(comment, "v4_prompt"));
    const Json& negative = charactersOf(member(comment, "v4_negative_prompt"));
    Json list = Json::array();
    if (!positive.is_array()) return list;
    for (size_t i = 0; i < positive.size(); ++i) {
        Json character{{"prompt", member(positive[i], "char_caption")}};
        if (negative.is_array() && i < negative.size())
            put(character, "negative", member(negative[i], "char_caption"));
        put(character, "centers", member(positive[i], "centers"));
        list.push_back(character);
    }
    return list;
}

Json firstText(std::initializer_list<Json> values) {
    for (const auto& value : values)
        if (value.is_string()) return value;
    return {};
}

Json textUnder(const Texts& texts, const char* keyword) {
    const auto text = texts.find(keyword);
    return text ? Json(toUtf8(*text)) : Json();
}

}  // namespace

std::optional<Found> readNovelAi(const Texts& texts) {
    if (texts.find("Software").value_or(QString()) != QStringLiteral("NovelAI"))
        return std::nullopt;
    const Json comment =
        parseObject(texts.find("Comment").value_or(QString())).value_or(Json::object());
    Found found;
    found.program = QStringLiteral("NovelAI");
    found.place = QStringLiteral("Comment");
    found.grammar = PromptGrammar::novelai;
    Json& settings = found.settings;
    put(settings, "prompt",
        firstText({member(captionOf(member(comment, "v4_prompt")), "base_caption"),
                   member(comment, "prompt"), textUnder(texts, "Description")}));
    put(settings, "negative_prompt",
        firstText({member(captionOf(member(comment, "v4_negative_prompt")), "base_caption"),
                   member(comment, "uc")}));
    constexpr std::array<std::pair<const char*, const char*>, 7> numbers{
        {{"seed", "seed"},
         {"steps", "steps"},
         {"scale", "cfg_scale"},
         {"cfg_rescale", "cfg_rescale"},
         {"width", "width"},
         {"height", "height"},
         {"strength", "denoise"}}};
    for (const auto& [key, name] : numbers) put(settings, name, numberOf(member(comment, key)));
    put(settings, "sampler", member(comment, "sampler"));
    put(settings, "scheduler", member(comment, "noise_schedule"));
    put(settings, "model", textUnder(texts, "Source"));
    put(settings, "characters", characters(comment));
    putOthers(settings, comment, translated);
    return found;
}

}  // namespace codec::foreign
