#pragma once

#include <QString>

namespace codec {

/// One text that lies beside the pixels of a picture file.
struct PictureText {
    QString keyword;  ///< PNG: 1 to 79 Latin-1 characters; elsewhere see gallery/image_metadata.h
    QString text;

    bool operator==(const PictureText&) const = default;
};

}  // namespace codec
