// Programs that write one JSON object with all settings: SwarmUI, Fooocus, Draw Things; and Easy
// Diffusion, which writes one text per setting.

#include "app/codec/foreign/dialects.h"
#include "app/codec/text.h"

#include <QRegularExpression>

#include <array>

namespace codec::foreign {
namespace {

/// "(1152, 896)" and "512x768".
void putSize(Json& settings, const QString& text) {
    static const QRegularExpression size(QStringLiteral("(\\d{1,6})\\D+(\\d{1,6})"));
    const auto match = size.match(text.left(40));
    if (!match.hasMatch()) return;
    settings["width"] = match.captured(1).toInt();
    settings["height"] = match.captured(2).toInt();
}

void putFirst(Json& settings, const char* name, const Json& from,
              std::initializer_list<const char*> keys) {
    for (const char* key : keys)
        if (!member(from, key).is_null() && !settings.contains(name))
            settings[name] = member(from, key);
}

void putNumber(Json& settings, const char* name, const Json& from,
               std::initializer_list<const char*> keys) {
    for (const char* key : keys)
        if (!settings.contains(name)) put(settings, name, numberOf(member(from, key)));
}

Found swarmSettings(const Json& object, const char* keyword) {
    const Json& from = member(object, "sui_image_params");
    Found found;
    found.place = QLatin1String(keyword);
    found.program = (QStringLiteral("SwarmUI ") + textOf(member(from, "swarm_version"))).trimmed();
    found.grammar = PromptGrammar::comfyui;
    Json& settings = found.settings;
    putFirst(settings, "prompt", from, {"prompt"});
    putFirst(settings, "negative_prompt", from, {"negativeprompt"});
    putFirst(settings, "model", from, {"model"});
    putFirst(settings, "sampler", from, {"sampler", "comfyuisampler"});
    putFirst(settings, "scheduler", from, {"scheduler", "comfyuischeduler"});
    putNumber(settings, "seed", from, {"seed"});
    putNumber(settings, "steps", from, {"steps"});
    putNumber(settings, "cfg_scale", from, {"cfgscale"});
    putNumber(settings, "width", from, {"width"});
    putNumber(settings, "height", from, {"height"});
    settings["noise"] = "cpu";
    putOthers(
        settings, from,
        {"prompt", "negativeprompt", "model", "sampler", "comfyuisampler", "scheduler",
         "comfyuischeduler", "seed", "steps", "cfgscale", "width", "height", "swarm_version"});
    return found;
}

/// [["name", weight, hash], ...]
Json fooocusLoras(const Json& list) {
    Json loras = Json::array();
    if (!list.is_array()) return loras;
    for (const auto& entry : list)
        if (entry.is_array() && entry.size() >= 2)
            loras.push_back(
                {{"name", textOf(entry[0]).toStdString()}, {"weight", numberOf(entry[1])}});
    return loras;
}

Found fooocusSettings(const Json& from, const char* keyword) {
    Found found;
    found.place = QLatin1String(keyword);
    found.program = textOf(member(from, "version"));
    if (!found.program.startsWith(QStringLiteral("Fooocus")))
        found.program = (QStringLiteral("Fooocus ") + found.program).trimmed();
    Json& settings = found.settings;
    putFirst(settings, "prompt", from, {"prompt"});
    putFirst(settings, "negative_prompt", from, {"negative_prompt"});
    putFirst(settings, "model", from, {"base_model"});
    putFirst(settings, "model_hash", from, {"base_model_hash"});
    putFirst(settings, "sampler", from, {"sampler"});
    putFirst(settings, "scheduler", from, {"scheduler"});
    putNumber(settings, "seed", from, {"seed"});
    putNumber(settings, "steps", from, {"steps"});
    putNumber(settings, "cfg_scale", from, {"guidance_scale", "cfg"});
    putNumber(settings, "width", from, {"width"});
    putNumber(settings, "height", from, {"height"});
    putNumber(settings, "clip_skip", from, {"clip_skip"});
    if (!settings.contains("width")) putSize(settings, textOf(member(from, "resolution")));
    put(settings, "loras", fooocusLoras(member(from, "loras")));
    putOthers(settings, from,
              {"base_model", "base_model_hash", "guidance_scale", "cfg", "resolution", "version",
               "loras", "metadata_scheme"});
    return found;
}

bool isFooocus(const Json& object) {
    if (object.contains("metadata_scheme") || object.contains("base_model_hash")) return true;
    return object.contains("prompt") && object.contains("base_model");
}

/// The text of the XMP packet's exif:UserComment.
QString commentInXmp(const QString& packet) {
    auto text = packet.section(QStringLiteral("<exif:UserComment"), 1)
                    .section(QStringLiteral("</exif:UserComment"), 0, 0);
    text = text.mid(text.indexOf(QLatin1Char('{')));
    text.truncate(text.lastIndexOf(QLatin1Char('}')) + 1);
    const std::array<std::pair<const char*, const char*>, 6> entities{{{"&quot;", "\""},
                                                                       {"&lt;", "<"},
                                                                       {"&gt;", ">"},
                                                                       {"&apos;", "'"},
                                                                       {"&#39;", "'"},
                                                                       {"&amp;", "&"}}};
    for (const auto& [entity, character] : entities)
        text.replace(QLatin1String(entity), QLatin1String(character));
    return text;
}

/// "Negative Prompt" and "negative_prompt" are one keyword.
std::optional<QString> findSpelled(const Texts& texts, const QString& name) {
    for (const auto& entry : texts.all())
        if (entry.keyword.toLower().replace(QLatin1Char(' '), QLatin1Char('_')) == name)
            return entry.text;
    return std::nullopt;
}

}  // namespace

std::optional<Found> readSwarmUi(const Texts& texts) {
    for (const char* keyword : settingsKeywords()) {
        const auto object = parseObject(texts.find(keyword).value_or(QString()));
        if (object && member(*object, "sui_image_params").is_object())
            return swarmSettings(*object, keyword);
    }
    return std::nullopt;
}

std::optional<Found> readFooocus(const Texts& texts) {
    for (const char* keyword : settingsKeywords()) {
        const auto object = parseObject(texts.find(keyword).value_or(QString()));
        if (object && isFooocus(*object)) return fooocusSettings(*object, keyword);
    }
    return std::nullopt;
}

std::optional<Found> readDrawThings(const Texts& texts) {
    const auto packet = texts.find("XML:com.adobe.xmp");
    if (!packet) return std::nullopt;
    const auto object = parseObject(commentInXmp(*packet));
    if (!object || !object->contains("c")) return std::nullopt;
    Found found;
    found.place = QStringLiteral("XMP");
    found.program = QStringLiteral("Draw Things");
    Json& settings = found.settings;
    putFirst(settings, "prompt", *object, {"c"});
    putFirst(settings, "negative_prompt", *object, {"uc"});
    putFirst(settings, "model", *object, {"model"});
    putFirst(settings, "sampler", *object, {"sampler"});
    putNumber(settings, "seed", *object, {"seed"});
    putNumber(settings, "steps", *object, {"steps"});
    putNumber(settings, "cfg_scale", *object, {"scale"});
    putNumber(settings, "denoise", *object, {"strength"});
    putSize(settings, textOf(member(*object, "size")));
    putOthers(settings, *object, {"c", "uc", "scale", "strength", "size"});
    return found;
}

std::optional<Found> readEasyDiffusion(const Texts& texts) {
    const auto negative = findSpelled(texts, QStringLiteral("negative_prompt"));
    const auto prompt = findSpelled(texts, QStringLiteral("prompt"));
    if (!negative || !prompt || parseObject(*prompt)) return std::nullopt;
    Json from = Json::object();
    for (const auto& entry : texts.all())
        if (!entry.text.isEmpty() && !entry.keyword.startsWith(QStringLiteral("exif.")))
            from[toUtf8(entry.keyword.toLower().replace(QLatin1Char(' '), QLatin1Char('_')))] =
                toUtf8(entry.text);
    Found found;
    found.place = QStringLiteral("prompt");
    found.program = QStringLiteral("Easy Diffusion");
    found.grammar = PromptGrammar::compel;
    Json& settings = found.settings;
    settings["prompt"] = toUtf8(*prompt);
    settings["negative_prompt"] = toUtf8(*negative);
    putFirst(settings, "model", from, {"use_stable_diffusion_model", "stable_diffusion_model"});
    putFirst(settings, "sampler", from, {"sampler_name", "sampler"});
    putFirst(settings, "vae", from, {"use_vae_model", "vae_model"});
    putNumber(settings, "seed", from, {"seed"});
    putNumber(settings, "steps", from, {"num_inference_steps", "steps"});
    putNumber(settings, "cfg_scale", from, {"guidance_scale"});
    putNumber(settings, "width", from, {"width"});
    putNumber(settings, "height", from, {"height"});
    // A truth value here: the layer before the last, or the last.
    if (from.contains("clip_skip")) settings["clip_skip"] = from["clip_skip"] == "True" ? 2 : 1;
    putOthers(settings, from,
              {"use_stable_diffusion_model", "stable_diffusion_model", "sampler_name",
               "use_vae_model", "vae_model", "num_inference_steps", "guidance_scale"});
    return found;
}

}  // namespace codec::foreign
