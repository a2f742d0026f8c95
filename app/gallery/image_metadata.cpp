#include "app/gallery/image_metadata.h"

#include "app/gallery/png.h"

#include <QFile>

namespace gallery {

std::optional<QString> readParameters(const QString& path) {
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) return std::nullopt;
    for (const auto& entry : readPngTexts(file.readAll()))
        if (entry.keyword == QStringLiteral("parameters")) return entry.text;
    return std::nullopt;
}

}  // namespace gallery
