#pragma once

#include <QByteArray>
#include <QImage>
#include <QString>

#include <optional>

namespace gallery {

/// The text that Forge and NovelAI hide in the lowest bits of a picture, column by column: of the
/// alpha, or of red, green and blue. Empty if there is none, or its length can't be.
std::optional<QString> readStealthText(const QImage& picture);

}  // namespace gallery
