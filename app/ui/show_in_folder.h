#pragma once

// Shows a file in the desktop's file manager, with the file selected, by the FileManager1 interface of
// freedesktop.org; where none answers, the folder is opened.

#include <QDBusConnection>
#include <QString>

#include <functional>

namespace ui {

using FolderOpener = std::function<void(const QString& folder)>;

/// Asks over this connection, without waiting for the answer; openFolder is called if there is none.
void showInFolder(const QString& file, QDBusConnection connection, FolderOpener openFolder);

/// Over the session's bus.
void showInFolder(const QString& file);

}  // namespace ui
