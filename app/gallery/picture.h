#pragma once

#include "diffusion/request.h"

#include <QDateTime>
#include <QString>

namespace gallery {

using PictureId = qint64;

/// A stored picture as the gallery knows it. request is what makes this very picture again.
struct Picture {
    PictureId id = 0;
    QString path;
    QDateTime created;
    diffusion::GenerationRequest request;
    QString modelName;
    QString modelHash;  ///< A1111's short hash, or empty
    int width = 0;      ///< pixels
    int height = 0;
    double seconds = 0;  ///< that it took
    QString program;     ///< that made it, with its version; empty: Atelier

    bool operator==(const Picture&) const = default;
};

}  // namespace gallery
