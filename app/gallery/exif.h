#pragma once

#include "app/codec/picture_text.h"

#include <QByteArray>
#include <QList>

namespace gallery {

/// The texts of an EXIF block (TIFF, either byte order, with or without "Exif\0\0" before it): tags
/// of its first and its EXIF directory that hold bytes or characters. Keywords are
/// exif.UserComment, exif.Make, exif.Model, exif.Software, exif.ImageDescription, else exif.0x927c.
/// Tags that point outside the block are passed over.
QList<codec::PictureText> readExifTexts(const QByteArray& block);

}  // namespace gallery
