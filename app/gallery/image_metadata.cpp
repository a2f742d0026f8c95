#include "app/gallery/image_metadata.h"

#include "app/gallery/containers.h"
#include "app/gallery/exif.h"
#include "app/gallery/png.h"
#include "app/gallery/stealth.h"

#include <QFile>
#include <QImageReader>

namespace gallery {
namespace {

constexpr qint64 mostFileBytes = 256 << 20;

QByteArray contentOf(const QString& path) {
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly) || file.size() > mostFileBytes) return {};
    return file.read(mostFileBytes);
}

}  // namespace

std::optional<QString> readParameters(const QString& path) {
    for (const auto& entry : readPngTexts(contentOf(path)))
        if (entry.keyword == QStringLiteral("parameters")) return entry.text;
    return std::nullopt;
}

QList<codec::PictureText> readTexts(const QString& path) {
    const auto file = contentOf(path);
    auto texts = readPngTexts(file) + readJpegTexts(file) + readWebpTexts(file) +
                 readGifTexts(file) + readAvifTexts(file);
    if (!texts.isEmpty()) return texts;
    // Only formats that keep every bit can hide any.
    const bool isLossless = file.startsWith("\x89PNG") || file.mid(8, 7) == "WEBPVP8";
    if (!isLossless) return texts;
    QImageReader reader(path);
    reader.setDecideFormatFromContent(true);
    if (const auto hidden = readStealthText(reader.read()))
        texts.append({QStringLiteral("stealth"), *hidden});
    return texts;
}

}  // namespace gallery
