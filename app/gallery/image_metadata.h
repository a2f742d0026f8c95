#pragma once

// The texts that lie beside the pixels of a picture file, whatever its format.

#include "app/codec/picture_text.h"

#include <QList>
#include <QString>

#include <optional>

namespace gallery {

/// The `parameters` text of a PNG file; empty if it has none or can't be read.
std::optional<QString> readParameters(const QString& path);

/// Every text of a PNG, JPEG, WebP, GIF or AVIF file. Keywords are PNG's, "exif.UserComment" and
/// the like, "comment", "XML:com.adobe.xmp", and "stealth" for text that is hidden in the pixels,
/// which is looked for where nothing else is found. Empty for files that have none, can't be read
/// or are larger than 256 MiB; never throws.
QList<codec::PictureText> readTexts(const QString& path);

}  // namespace gallery
