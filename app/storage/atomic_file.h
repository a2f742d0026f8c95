#pragma once

// Files that are there as a whole or not at all.

#include <QByteArray>
#include <QString>

namespace storage {

/// What to do when the name is taken.
enum class IfTaken { replace, leave };

/// Writes a hidden file beside it, syncs it to the disk and moves it to its name. False if the name
/// is taken and must be left. Throws Error cannot_write that names the file and the reason; then
/// nothing is left behind.
bool writeFile(const QString& path, const QByteArray& bytes, IfTaken ifTaken);

/// Removes what writeFile left in the folder when the program was ended in the middle of it.
void removeLeftovers(const QString& folder);

/// Makes the folder if absent. Throws Error cannot_write unless files can be made in it.
void requireWritableFolder(const QString& folder);

}  // namespace storage
