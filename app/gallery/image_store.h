#pragma once

// Puts finished pictures on the disk: PNG with A1111's `parameters` text, whole or not at all,
// under names that a pattern of file_name.h gives.

#include "app/gallery/picture.h"
#include "diffusion/engine.h"

#include <QByteArray>
#include <QString>

#include <optional>

namespace gallery {

/// May be used by any thread, by one at a time.
class ImageStore {
public:
    explicit ImageStore(QString folder, QString pattern = usualPattern());

    /// By day, then by seed.
    static QString usualPattern() { return QStringLiteral("[date]/[seed]"); }

    /// Stores under <folder>/<what the pattern gives>, with a number in front of the file's name
    /// that makes it free (00001-77.png), and returns what the gallery has to know (id 0). Throws
    /// Error cannot_write.
    Picture store(const diffusion::Result& result);

    /// The same under a name of the caller's choice; what is there is replaced.
    static Picture storeAs(const diffusion::Result& result, const QString& path);

    /// <number>-<seed>.png with the first number that is free in the folder.
    static Picture storeIn(const diffusion::Result& result, const QString& folder);

    /// A copy of a picture file of ours under a name as store() gives; empty if the file is none.
    /// Throws Error cannot_write.
    std::optional<Picture> adopt(const QString& path);

    /// What the gallery has to know of a picture file, from its `parameters`; empty if it has none.
    static std::optional<Picture> describeFile(const QString& path);

    const QString& folder() const { return folder_; }

private:
    /// The name without number and suffix, relative to the folder; a pattern that gives none is the
    /// seed.
    QString nameFor(const Picture& picture, const QByteArray& pixels) const;

    QString folder_;
    QString pattern_;
};

}  // namespace gallery
