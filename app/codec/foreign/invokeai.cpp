// InvokeAI: one object since 3.0, another in 2.x, a command line before that.

#include "app/codec/foreign/dialects.h"
#include "app/codec/text.h"

#include <QRegularExpression>

#include <algorithm>
#include <array>

namespace codec::foreign {
namespace {

const QStringList translated{"app_version",    "positive_prompt", "negative_prompt",
                             "width",          "height",          "seed",
                             "rand_device",    "cfg_scale",       "cfg_rescale_multiplier",
                             "steps",          "scheduler",       "clip_skip",
                             "model",          "loras",           "strength",
                             "generation_mode"};

/// {"name": ...} since 4.0, {"model_name": ...} in 3.x.
Json nameOf(const Json& model) {
    const Json& name = member(model, "name");
    return name.is_string() ? name : member(model, "model_name");
}

Json lorasOf(const Json& list) {
    Json loras = Json::array();
    if (!list.is_array()) return loras;
    for (const auto& entry : list) {
        const Json& lora =
            member(entry, "model").is_object() ? member(entry, "model") : member(entry, "lora");
        loras.push_back({{"name", nameOf(lora)}, {"weight", member(entry, "weight")}});
    }
    return loras;
}

/// Before 3.0 a negative prompt stood in brackets within the prompt.
void putPrompt(Json& settings, QString prompt) {
    static const QRegularExpression brackets(QStringLiteral("\\[([^\\[\\]]*)\\]"));
    QStringList negative;
    auto matches = brackets.globalMatch(prompt);
    while (matches.hasNext()) negative += matches.next().captured(1).trimmed();
    settings["prompt"] = toUtf8(prompt.remove(brackets).simplified());
    settings["negative_prompt"] = toUtf8(negative.join(QStringLiteral(", ")));
}

Found invoke(const char* keyword, const QString& version) {
    Found found;
    found.place = QLatin1String(keyword);
    found.program = (QStringLiteral("InvokeAI ") + version).trimmed();
    found.grammar = PromptGrammar::compel;
    return found;
}

/// [{"prompt": text, "weight": 1}] or the text itself.
QString promptOf(const Json& value) {
    if (!value.is_array()) return textOf(value);
    QStringList texts;
    for (const auto& part : value) texts += textOf(member(part, "prompt"));
    return texts.join(QLatin1Char(' '));
}

}  // namespace

std::optional<Found> readInvokeAi(const Texts& texts) {
    const auto object = parseObject(texts.find("invokeai_metadata").value_or(QString()));
    if (!object || !object->contains("positive_prompt")) return std::nullopt;
    const Json& from = *object;
    auto found = invoke("invokeai_metadata", textOf(member(from, "app_version")));
    Json& settings = found.settings;
    put(settings, "prompt", member(from, "positive_prompt"));
    put(settings, "negative_prompt", member(from, "negative_prompt"));
    for (const char* name : {"seed", "steps", "cfg_scale", "width", "height"})
        put(settings, name, numberOf(member(from, name)));
    put(settings, "sampler", member(from, "scheduler"));
    put(settings, "model", nameOf(member(from, "model")));
    put(settings, "loras", lorasOf(member(from, "loras")));
    put(settings, "cfg_rescale", numberOf(member(from, "cfg_rescale_multiplier")));
    put(settings, "denoise", numberOf(member(from, "strength")));
    put(settings, "noise", member(from, "rand_device"));
    // It counts the layers that are skipped, A1111 the layer that is taken.
    const auto skipped = numberOf(member(from, "clip_skip"));
    if (skipped.is_number()) settings["clip_skip"] = skipped.get<double>() + 1;
    const auto mode = textOf(member(from, "generation_mode"));
    if (!mode.isEmpty() && !mode.endsWith(QStringLiteral("txt2img")))
        settings["generation_mode"] = toUtf8(mode);
    putOthers(settings, from, translated);
    return found;
}

std::optional<Found> readInvokeAi2(const Texts& texts) {
    const auto object = parseObject(texts.find("sd-metadata").value_or(QString()));
    if (!object) return std::nullopt;
    const Json& image = member(*object, "image");
    if (!image.is_object()) return std::nullopt;
    auto found = invoke("sd-metadata", textOf(member(*object, "app_version")));
    Json& settings = found.settings;
    putPrompt(settings, promptOf(member(image, "prompt")));
    for (const char* name : {"seed", "steps", "cfg_scale", "width", "height"})
        put(settings, name, numberOf(member(image, name)));
    put(settings, "sampler",
        member(image, member(image, "sampler").is_null() ? "scheduler" : "sampler"));
    put(settings, "model", member(*object, "model_weights"));
    put(settings, "model_hash", member(*object, "model_hash"));
    putOthers(settings, image,
              {"prompt", "seed", "steps", "cfg_scale", "width", "height", "sampler", "scheduler",
               "postprocessing", "type"});
    return found;
}

std::optional<Found> readInvokeAiDream(const Texts& texts) {
    const auto line = texts.find("Dream");
    if (!line) return std::nullopt;
    const auto close = line->lastIndexOf(QLatin1Char('"'));
    if (!line->startsWith(QLatin1Char('"')) || close < 1) return std::nullopt;
    auto found = invoke("Dream", QString());
    Json& settings = found.settings;
    putPrompt(settings, line->mid(1, close - 1));
    constexpr std::array<std::pair<const char*, const char*>, 7> flags{{{"-s", "steps"},
                                                                        {"-S", "seed"},
                                                                        {"-W", "width"},
                                                                        {"-H", "height"},
                                                                        {"-C", "cfg_scale"},
                                                                        {"-A", "sampler"},
                                                                        {"-f", "denoise"}}};
    const auto words = line->mid(close + 1).simplified().split(QLatin1Char(' '));
    for (qsizetype i = 0; i + 1 < words.size(); ++i)
        for (const auto& [flag, name] : flags) {
            if (words[i] != QLatin1String(flag)) continue;
            const Json text = toUtf8(words[i + 1]);
            const auto number = numberOf(text);
            settings[name] = number.is_null() ? text : number;
        }
    return found;
}

}  // namespace codec::foreign
