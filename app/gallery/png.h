#pragma once

// The PNG container: pixels with text beside them, and the text read back. The pixels themselves
// are compressed by stb_image_write; nothing here decodes them.

#include "app/codec/picture_text.h"
#include "diffusion/image.h"

#include <QByteArray>
#include <QList>
#include <QString>

namespace gallery {

using PngText = codec::PictureText;

/// The whole file. Text is written behind the header as tEXt where Latin-1 holds it, else as iTXt.
/// Throws Error internal for a picture without pixels.
QByteArray encodePng(const diffusion::Image& image, const QList<PngText>& texts);

/// Every tEXt, zTXt and iTXt chunk that is whole and whose checksum is right; reading ends quietly
/// where the file is damaged, and at once for bytes that are no PNG.
QList<PngText> readPngTexts(const QByteArray& file);

}  // namespace gallery
