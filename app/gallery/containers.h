#pragma once

// Where the formats of pictures beside PNG keep their texts. Each reader takes the whole file,
// gives what is there up to the first damage, and nothing for files of another format.

#include "app/codec/picture_text.h"

#include <QByteArray>
#include <QList>

namespace gallery {

/// The keyword under which every format's XMP packet is given: PNG's own.
inline constexpr const char* xmpKeyword = "XML:com.adobe.xmp";

/// EXIF, XMP and comments ("comment") before the pixels.
QList<codec::PictureText> readJpegTexts(const QByteArray& file);
/// EXIF and XMP chunks.
QList<codec::PictureText> readWebpTexts(const QByteArray& file);
/// Comment extensions ("comment").
QList<codec::PictureText> readGifTexts(const QByteArray& file);
/// The EXIF item of AVIF and HEIF.
QList<codec::PictureText> readAvifTexts(const QByteArray& file);

}  // namespace gallery
