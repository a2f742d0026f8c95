#include "app/gallery/describe.h"

#include "app/codec/foreign/foreign.h"
#include "app/codec/text.h"
#include "app/gallery/image_metadata.h"
#include "app/gallery/image_store.h"

#include <QDir>
#include <QFileInfo>
#include <QImageReader>

#include <algorithm>

namespace gallery {
namespace {

using codec::foreign::Found;
using codec::foreign::Vocabulary;

QString textIn(const Found& found, const char* name) {
    const auto value = found.settings.find(name);
    return value != found.settings.end() && value->is_string()
               ? codec::fromUtf8(value->get<std::string>())
               : QString();
}

bool isOwn(const Found& found) {
    return found.program.startsWith(QStringLiteral("Atelier"));
}

void takeForeign(const Found& found, const Vocabulary& vocabulary, Picture& picture) {
    picture.request = codec::foreign::translate(found, vocabulary).request;
    picture.program = found.program.isEmpty() ? QStringLiteral("?") : found.program;
    picture.modelName = textIn(found, "model");
    picture.modelHash = textIn(found, "model_hash");
    // Lists are sorted by the name that the picture has, also before the engine knows it.
    if (vocabulary.samplers.empty()) picture.request.sampler = codec::toUtf8(textIn(found, "sampler"));
}

}  // namespace

QStringList pictureSuffixes() {
    return {"*.png", "*.jpg", "*.jpeg", "*.webp", "*.avif", "*.gif"};
}

FoundPicture describe(const QString& path, const Vocabulary& vocabulary) {
    const QFileInfo info(path);
    FoundPicture result;
    auto& picture = result.picture;
    QImageReader reader(path);
    reader.setDecideFormatFromContent(true);
    const QSize size = reader.size();
    result.facts.bytes = info.size();
    result.facts.time = info.lastModified().toMSecsSinceEpoch();
    result.facts.state = size.isEmpty() ? FileState::unreadable : FileState::present;
    picture.request.sampler.clear();
    const auto found = codec::foreign::findSettings(readTexts(path));
    if (found && isOwn(*found)) {
        if (auto own = ImageStore::describeFile(path)) picture = *own;
    } else if (found) {
        takeForeign(*found, vocabulary, picture);
    } else {
        picture.program = QStringLiteral("?");
    }
    picture.path = QDir::cleanPath(info.absoluteFilePath());
    picture.created = info.lastModified().toUTC();
    if (!size.isEmpty()) {
        picture.width = size.width();
        picture.height = size.height();
    }
    return result;
}

int Report::countOf(codec::foreign::Fate fate) const {
    return int(std::count_if(translation.fields.begin(), translation.fields.end(),
                             [fate](const auto& field) { return field.fate == fate; }));
}

std::optional<Report> reportOf(const QString& path, const Vocabulary& vocabulary) {
    const auto found = codec::foreign::findSettings(readTexts(path));
    if (!found) return std::nullopt;
    return Report{path, found->program, codec::foreign::translate(*found, vocabulary)};
}

}  // namespace gallery
