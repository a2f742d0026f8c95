// A1111's block, whoever wrote it.

#include "app/codec/foreign/dialects.h"
#include "app/codec/infotext.h"
#include "app/codec/text.h"

#include <array>
#include <utility>

namespace codec::foreign {
namespace {

constexpr std::array<std::pair<const char*, const char*>, 11> numbers{
    {{"Seed", "seed"},
     {"Steps", "steps"},
     {"CFG scale", "cfg_scale"},
     {"CFG rescale φ", "cfg_rescale"},
     {"Size-1", "width"},
     {"Size-2", "height"},
     {"Clip skip", "clip_skip"},
     {"Denoising strength", "denoise"},
     {"Variation seed", "variation_seed"},
     {"Variation seed strength", "variation_strength"},
     {"Count", "count"}}};

constexpr std::array<std::pair<const char*, const char*>, 8> words{
    {{"Sampler", "sampler"},
     {"Schedule type", "scheduler"},
     {"Scheduler", "scheduler"},
     {"Model", "model"},
     {"Model hash", "model_hash"},
     {"VAE", "vae"},
     {"Compatibility", "compatibility"},
     {"Version", "version"}}};

/// A1111 names itself by nothing but the look of its version.
QString programOf(const QString& version) {
    for (const QString name : {"Fooocus", "Atelier", "ComfyUI", "InvokeAI", "SD.Next"})
        if (version.startsWith(name)) return version;
    if (version.startsWith(QLatin1Char('f')) && version.mid(1, 1) >= QStringLiteral("0"))
        return QStringLiteral("Forge ") + version;
    return (QStringLiteral("A1111 ") + version).trimmed();
}

/// Where the noise came from; A1111 says it only if it wasn't the graphics card.
void putNoise(const Infotext& block, const QString& program, Json& settings) {
    if (program.startsWith(QStringLiteral("A1111")) || program.startsWith(QStringLiteral("Forge")))
        settings["noise"] = toUtf8(block.find(QStringLiteral("RNG")).value_or("GPU").toLower());
    else if (program.startsWith(QStringLiteral("Atelier")))
        settings["noise"] = toUtf8(block.find(QStringLiteral("RNG")).value_or("CPU").toLower());
}

void putPair(const InfotextPair& pair, Json& settings) {
    const auto value = toUtf8(pair.second);
    for (const auto& [key, name] : numbers)
        if (pair.first == QString::fromUtf8(key)) {
            const auto number = numberOf(value);
            settings[name] = number.is_null() ? Json(value) : number;
            return;
        }
    for (const auto& [key, name] : words)
        if (pair.first == QLatin1String(key)) {
            settings[name] = value;
            return;
        }
    if (pair.first != QStringLiteral("RNG")) settings[toUtf8(pair.first)] = value;
}

Found foundIn(const Infotext& block, const char* keyword) {
    Found found;
    found.place = QLatin1String(keyword);
    found.program = programOf(block.find(QStringLiteral("Version")).value_or(QString()));
    found.settings["prompt"] = toUtf8(block.prompt);
    found.settings["negative_prompt"] = toUtf8(block.negativePrompt);
    for (const auto& pair : block.pairs) putPair(pair, found.settings);
    putNoise(block, found.program, found.settings);
    return found;
}

}  // namespace

std::optional<Found> readInfotextBlock(const Texts& texts) {
    for (const char* keyword : settingsKeywords()) {
        const auto text = texts.find(keyword);
        const bool isCamera = QLatin1String(keyword) == QLatin1String("exif.Model");
        if (!text || isCamera || parseObject(*text)) continue;
        const auto block = readInfotext(*text);
        // Other keywords hold what people and cameras say, too.
        const bool isOwn = QLatin1String(keyword) == QLatin1String("parameters");
        if (block.pairs.isEmpty() && !(isOwn && !block.prompt.isEmpty())) continue;
        return foundIn(block, keyword);
    }
    return std::nullopt;
}

std::optional<Found> readPostprocessing(const Texts& texts) {
    for (const char* keyword : {"postprocessing", "extras"}) {
        const auto text = texts.find(keyword);
        if (!text) continue;
        Found found;
        found.program = QStringLiteral("A1111 extras");
        found.place = QLatin1String(keyword);
        for (const auto& [key, value] : pairsOfLine(text->trimmed()))
            found.settings[toUtf8(key)] = toUtf8(unquoted(value));
        if (!found.settings.empty()) return found;
    }
    return std::nullopt;
}

}  // namespace codec::foreign
