#pragma once

#include <QString>

namespace gallery {

/// Moves a file to the trash of the desktop (freedesktop.org's Trash specification) and returns its
/// path there. Throws Error cannot_write; then the file is where it was.
QString moveToTrash(const QString& path);

/// Moves it back and removes the note on it in the trash. A name that is taken by now gets a number:
/// "owl (2).png". Returns where it is. Throws Error cannot_write or missing_file (the trash was
/// emptied).
QString restoreFromTrash(const QString& inTrash, const QString& path);

}  // namespace gallery
