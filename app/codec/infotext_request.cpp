// The half of infotext.h that knows requests: which pairs a picture gets, and what they mean.

#include "app/codec/infotext.h"
#include "app/codec/request_check.h"
#include "app/codec/text.h"
#include "diffusion/request_fields.h"

#include <QDir>

#include <algorithm>
#include <array>
#include <limits>
#include <type_traits>
#include <utility>

namespace codec {
namespace {

using diffusion::FieldInfo;
using diffusion::GenerationRequest;

/// A1111's keys in its order; keys that are not here follow, Version closes.
constexpr std::array a1111Order{"Steps",
                                "Sampler",
                                "Schedule type",
                                "CFG scale",
                                "Image CFG scale",
                                "Seed",
                                "Face restoration",
                                "Size",
                                "Model hash",
                                "Model",
                                "FP8 weight",
                                "Cache FP16 weight for LoRA",
                                "VAE hash",
                                "VAE",
                                "Variation seed",
                                "Variation seed strength",
                                "Seed resize from",
                                "Denoising strength",
                                "Conditional mask weight",
                                "Clip skip",
                                "ENSD",
                                "Token merging ratio",
                                "Token merging ratio hr",
                                "Init image hash",
                                "RNG",
                                "Tiling"};

/// Keys that A1111 writes for every picture, default or not.
constexpr std::array alwaysWritten{"Steps", "Sampler", "Schedule type", "CFG scale", "Seed"};

size_t rank(const QString& key) {
    const auto found = std::find(a1111Order.begin(), a1111Order.end(), key);
    return size_t(found - a1111Order.begin());
}

QString valueText(const std::string& value) {
    return fromUtf8(value);
}

QString valueText(double value) {
    return fromUtf8(numberText(value));
}

/// As Python writes it.
QString valueText(bool value) {
    return value ? QStringLiteral("True") : QStringLiteral("False");
}

template <typename Integer>

requires std::is_integral_v<Integer> QString valueText(Integer value) {
    return QString::number(qlonglong(value));
}

void readValue(const FieldInfo& info, const QString& text, std::string& member) {
    if (diffusion::is_choice(info, toUtf8(text))) member = toUtf8(text);
}

void readValue(const FieldInfo&, const QString& text, bool& member) {
    if (text == valueText(true)) member = true;
    if (text == valueText(false)) member = false;
}

template <typename Number>
requires std::is_arithmetic_v<Number>

void readValue(const FieldInfo& info, const QString& text, Number& member) {
    bool isNumber = false;
    const double value = text.trimmed().toDouble(&isNumber);
    const auto range = info.range.value_or(diffusion::Range{
        double(std::numeric_limits<Number>::min()), double(std::numeric_limits<Number>::max())});
    const bool isAutomatic = info.automatic && value == *info.automatic;
    if (!isNumber || !(isAutomatic || (value >= range.low && value <= range.high))) return;
    member = Number(value);
}

/// A1111 has two shares of fresh noise: one for DDIM and its relatives, one for all others.
QString keyOf(const FieldInfo& info, const GenerationRequest& request) {
    constexpr std::array ddims{"DDIM", "DDIM CFG++", "PLMS", "UniPC"};
    const bool isDdims = info.name == "eta" &&
                         std::find(ddims.begin(), ddims.end(), request.sampler) != ddims.end();
    return isDdims ? QStringLiteral("Eta DDIM") : fromUtf8(std::string(info.infotext));
}

/// A1111 implies it where nothing is said, or it means nothing.
bool isImplied(const FieldInfo& info, const GenerationRequest& request) {
    if (info.name == "eta_noise_seed_delta") return !saysNoiseSeedDelta(request);
    return info.name == "emphasis" && request.emphasis == "Original";
}

QString sizeText(int width, int height) {
    return QStringLiteral("%1x%2").arg(width).arg(height);
}

bool hasOwnPair(const FieldInfo& info) {
    return !info.infotext.empty() && info.name != "negative_prompt" && info.name != "model";
}

/// Older programs wrote "DPM++ 2M Karras"; the schedule has a pair of its own now.
void splitSchedule(GenerationRequest& request) {
    for (const std::string schedule : {"Karras", "Polyexponential", "Exponential"}) {
        const std::string suffix = " " + schedule;
        if (!request.sampler.ends_with(suffix)) continue;
        request.sampler.resize(request.sampler.size() - suffix.size());
        request.schedule = schedule;
        return;
    }
}

/// "Lora hashes: name: 0123456789ab, other: ..." as A1111 has it, and so for embeddings.
void appendNetworks(Infotext& block, const std::vector<diffusion::UsedNetwork>& networks) {
    using Kind = diffusion::UsedNetwork::Kind;
    for (const auto& [kind, key] :
         {std::pair(Kind::lora, "Lora hashes"), std::pair(Kind::embedding, "TI hashes")}) {
        QStringList hashes;
        for (const auto& network : networks)
            if (network.kind == kind) hashes.append(fromUtf8(network.name + ": " + network.hash));
        if (!hashes.isEmpty())
            block.pairs.append({QString::fromLatin1(key), hashes.join(QStringLiteral(", "))});
    }
}

}  // namespace

bool saysNoiseSeedDelta(const GenerationRequest& request) {
    // Trees of noise grow from the picture's own seed.
    constexpr std::array fromTrees{"DPM++ SDE", "DPM++ 2M SDE", "DPM++ 2M SDE Heun", "DPM++ 3M SDE"};
    constexpr std::array withoutNoise{"DPM++ 2M", "Euler", "LMS",  "Heun", "DPM2",  "HeunPP2",  "IPNDM",
                                      "IPNDM_V",  "DEIS",  "DDIM", "PLMS", "UniPC", "UniPC bh2"};
    const auto isIn = [&](const auto& names) {
        return std::find(names.begin(), names.end(), request.sampler) != names.end();
    };
    if (isIn(fromTrees)) return false;
    return !isIn(withoutNoise) || request.s_churn > 0 || request.eta > 0;
}

InfotextPair inpaintingPair() {
    return {QStringLiteral("Conditional mask weight"), QStringLiteral("1.0")};
}

void sortLikeA1111(QList<InfotextPair>& pairs) {
    std::stable_sort(pairs.begin(), pairs.end(),
                     [](const auto& a, const auto& b) { return rank(a.first) < rank(b.first); });
}

Infotext infotextOf(const diffusion::Result& result) {
    const GenerationRequest& request = result.request;
    const GenerationRequest defaults;
    Infotext block{fromUtf8(request.prompt), fromUtf8(request.negative_prompt), {}};
    diffusion::visit_request_fields([&](const FieldInfo& info, auto member) {
        if (!hasOwnPair(info)) return;
        const bool isOfPicture =
            info.name == "denoise_strength" && !request.initial_image.empty();
        const bool isAlways = isOfPicture || std::find(alwaysWritten.begin(), alwaysWritten.end(),
                                                       info.infotext) != alwaysWritten.end();
        if (!isAlways && request.*member == defaults.*member) return;
        if (isImplied(info, request)) return;
        auto text = valueText(request.*member);
        // Pictures are shared: they name the file, but not where it lies.
        if (info.name == "vae") text = QDir(text).dirName();
        block.pairs.append({keyOf(info, request), text});
    });
    block.pairs.append(
        {QStringLiteral("Size"), sizeText(result.image.width, result.image.height)});
    if (request.seed_resize_width > 0 && request.seed_resize_height > 0)
        block.pairs.append({QStringLiteral("Seed resize from"),
                            sizeText(request.seed_resize_width, request.seed_resize_height)});
    if (!result.model_hash.empty())
        block.pairs.append({QStringLiteral("Model hash"), fromUtf8(result.model_hash)});
    if (!result.model.name.empty())
        block.pairs.append({QStringLiteral("Model"), fromUtf8(result.model.name)});
    if (result.model.variant == "inpaint") block.pairs.append(inpaintingPair());
    appendNetworks(block, result.networks);
    sortLikeA1111(block.pairs);
    block.pairs.append({QStringLiteral("Version"), QStringLiteral("Atelier " ATELIER_VERSION)});
    return block;
}

GenerationRequest requestOf(const Infotext& block) {
    GenerationRequest request;
    request.prompt = toUtf8(block.prompt);
    request.negative_prompt = toUtf8(block.negativePrompt);
    request.model = toUtf8(block.find(QStringLiteral("Model")).value_or(QString()));
    diffusion::visit_request_fields([&](const FieldInfo& info, auto member) {
        const auto read = [&](const QString& key) {
            if (const auto value = block.find(key)) readValue(info, *value, request.*member);
        };
        // By then the sampler has been read, which the key may depend on.
        if (hasOwnPair(info)) read(keyOf(info, request));
        if (info.name == "width") read(QStringLiteral("Size-1"));
        if (info.name == "height") read(QStringLiteral("Size-2"));
        if (info.name == "seed_resize_width") read(QStringLiteral("Seed resize from-1"));
        if (info.name == "seed_resize_height") read(QStringLiteral("Seed resize from-2"));
    });
    if (!block.find(QStringLiteral("Schedule type"))) splitSchedule(request);
    return request;
}

}  // namespace codec
