#include "app/ui/show_in_folder.h"

#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDesktopServices>
#include <QFileInfo>
#include <QUrl>

namespace ui {

void showInFolder(const QString& file, QDBusConnection connection, FolderOpener openFolder) {
    const QString folder = QFileInfo(file).absolutePath();
    if (!connection.isConnected()) return openFolder(folder);
    auto message = QDBusMessage::createMethodCall(
        QStringLiteral("org.freedesktop.FileManager1"), QStringLiteral("/org/freedesktop/FileManager1"),
        QStringLiteral("org.freedesktop.FileManager1"), QStringLiteral("ShowItems"));
    const QString address = QUrl::fromLocalFile(QFileInfo(file).absoluteFilePath()).toString();
    message << QStringList{address} << QString();  // no startup notification
    auto* watcher = new QDBusPendingCallWatcher(connection.asyncCall(message));
    QObject::connect(watcher, &QDBusPendingCallWatcher::finished, watcher,
                     [folder, openFolder = std::move(openFolder)](QDBusPendingCallWatcher* call) {
                         if (call->isError()) openFolder(folder);
                         call->deleteLater();
                     });
}

void showInFolder(const QString& file) {
    showInFolder(file, QDBusConnection::sessionBus(), [](const QString& folder) {
        QDesktopServices::openUrl(QUrl::fromLocalFile(folder));
    });
}

}  // namespace ui
