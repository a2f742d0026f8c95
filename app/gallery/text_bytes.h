#pragma once

#include <QByteArray>
#include <QString>

namespace gallery {

/// UTF-8 if the bytes are, else Latin-1: what PNG's tEXt, EXIF's ASCII and GIF's comments hold,
/// whatever their standards say.
QString decodeText(const QByteArray& bytes);

/// UTF-16 of either byte order, told by its mark or, without one, by where the zero bytes of Latin
/// letters lie; big-endian if nothing tells.
QString decodeUtf16(const QByteArray& bytes);

}  // namespace gallery
