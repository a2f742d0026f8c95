#pragma once

// Any picture file as the gallery has it: Atelier's own, another program's with its settings
// translated, or one that says nothing of itself.

#include "app/codec/foreign/translation.h"
#include "app/gallery/gallery_database.h"

#include <QString>

#include <optional>

namespace gallery {

/// "*.png", "*.jpg", ...
QStringList pictureSuffixes();

/// Never fails: what can't be read is a picture without settings whose state says so.
FoundPicture describe(const QString& path, const codec::foreign::Vocabulary& vocabulary);

/// What a file says of itself and what becomes of it here.
struct Report {
    QString path;
    QString program;
    codec::foreign::Translation translation;

    int countOf(codec::foreign::Fate fate) const;
};

/// Empty for a file without settings. Reads the file; not for the window's thread.
std::optional<Report> reportOf(const QString& path, const codec::foreign::Vocabulary& vocabulary);

}  // namespace gallery
