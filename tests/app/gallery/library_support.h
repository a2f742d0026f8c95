#pragma once

// Pictures for tests of the library.

#include "app/gallery/gallery_database.h"

#include <QImage>
#include <QString>

namespace test_support {

/// A picture of a path with a prompt; the rest is usual.
inline gallery::Picture madePicture(const QString& path, const char* prompt) {
    gallery::Picture picture;
    picture.path = path;
    picture.created = QDateTime::currentDateTimeUtc();
    picture.request.prompt = prompt;
    picture.modelName = QStringLiteral("clay");
    picture.width = 512;
    picture.height = 512;
    return picture;
}

/// A small file that can be read, without settings.
inline void writePlainPicture(const QString& path, int width = 24, int height = 16) {
    QImage image(width, height, QImage::Format_RGB32);
    image.fill(0x406080u + uint(qHash(path) % 251));
    image.save(path);
}

}  // namespace test_support
