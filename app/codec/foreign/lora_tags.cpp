#include "app/codec/foreign/lora_tags.h"

#include "app/codec/foreign/json_text.h"

#include <cstring>

namespace codec::foreign {
namespace {

QString nameOf(const nlohmann::json& lora) {
    auto name = textOf(member(lora, "name")).replace(QLatin1Char('\\'), QLatin1Char('/'));
    name = name.section(QLatin1Char('/'), -1);
    for (const char* ending : {".safetensors", ".ckpt", ".pt"})
        if (name.endsWith(QLatin1String(ending))) name.chop(qsizetype(std::strlen(ending)));
    const bool breaksTag = name.contains(QLatin1Char(':')) || name.contains(QLatin1Char('>'));
    return breaksTag ? QString() : name;
}

QString strengthOf(const nlohmann::json& lora, const char* key) {
    const auto value = numberOf(member(lora, key));
    return value.is_number() ? QString::number(value.get<double>()) : QString();
}

/// Empty where the name can't stand in a tag.
QString tagOf(const nlohmann::json& lora) {
    const auto name = nameOf(lora);
    if (name.isEmpty()) return {};
    const auto model = strengthOf(lora, lora.contains("model") ? "model" : "weight");
    const auto clip = strengthOf(lora, "clip");
    QString tag = QStringLiteral("<lora:") + name;
    if (!model.isEmpty()) tag += QLatin1Char(':') + (clip.isEmpty() ? model : clip);
    if (!model.isEmpty() && !clip.isEmpty() && clip != model) tag += QLatin1Char(':') + model;
    return tag + QLatin1Char('>');
}

}  // namespace

LoraTags loraTags(const nlohmann::json& loras) {
    LoraTags found;
    if (!loras.is_array()) return found;
    found.isWhole = true;
    for (const auto& lora : loras) {
        const auto tag = lora.is_object() ? tagOf(lora) : QString();
        found.isWhole = found.isWhole && !tag.isEmpty();
        found.tags += tag;
    }
    return found;
}

}  // namespace codec::foreign
