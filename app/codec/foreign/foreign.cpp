#include "app/codec/foreign/foreign.h"

#include "app/codec/foreign/dialects.h"
#include "app/codec/text.h"

#include <array>

namespace codec::foreign {
namespace {

/// JSON first: SwarmUI and Fooocus put theirs where A1111 puts its block.
constexpr std::array<Dialect, 11> dialects{readSwarmUi,        readFooocus,       readInfotextBlock,
                                           readPostprocessing, readEasyDiffusion, readInvokeAi,
                                           readInvokeAi2,      readInvokeAiDream, readNovelAi,
                                           readComfyUi,        readDrawThings};

/// ComfyUI's tags of a WebP hold "prompt:{...}" and "workflow:{...}".
void addPrefixed(QList<PictureText>& texts) {
    for (const auto& entry : QList<PictureText>(texts)) {
        if (!entry.keyword.startsWith(QStringLiteral("exif."))) continue;
        for (const QString keyword : {"prompt", "workflow"})
            if (entry.text.startsWith(keyword + QStringLiteral(":{")))
                texts.append({keyword, entry.text.mid(keyword.size() + 1)});
    }
}

/// NovelAI hides its text chunks in the pixels as one object.
void addHidden(QList<PictureText>& texts) {
    for (const auto& entry : QList<PictureText>(texts)) {
        if (entry.keyword != QStringLiteral("stealth")) continue;
        const auto object = parseObject(entry.text);
        if (!object || !(object->contains("Comment") || object->contains("Description"))) continue;
        for (const auto& [key, value] : object->items())
            texts.append(
                {fromUtf8(key), value.is_object() ? fromUtf8(value.dump()) : textOf(value)});
    }
}

}  // namespace

std::optional<QString> Texts::find(const char* keyword) const {
    for (const auto& entry : texts_)
        if (entry.keyword == QLatin1String(keyword)) return entry.text;
    return std::nullopt;
}

const QList<const char*>& settingsKeywords() {
    static const QList<const char*> keywords{"parameters", "exif.UserComment", "exif.Model",
                                             "comment",    "Comment",          "stealth"};
    return keywords;
}

void putOthers(Json& settings, const Json& from, const QStringList& known) {
    if (!from.is_object()) return;
    for (const auto& [key, value] : from.items())
        if (!known.contains(fromUtf8(key)) && !settings.contains(key))
            put(settings, key.c_str(), value);
}

std::optional<Found> findSettings(const QList<PictureText>& texts) {
    auto all = texts;
    addPrefixed(all);
    addHidden(all);
    for (const auto dialect : dialects)
        if (auto found = dialect(Texts(all))) return found;
    return std::nullopt;
}

}  // namespace codec::foreign
