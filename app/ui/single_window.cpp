#include "app/ui/single_window.h"

#include <QCryptographicHash>
#include <QDir>
#include <QLocalSocket>

namespace ui {
namespace {

constexpr int patience = 2000;  // milliseconds

/// Sockets have short names; the folder's may be long.
QString socketName(const QString& dataFolder) {
    const QDir folder(dataFolder);
    const QString place = folder.exists() ? folder.canonicalPath() : folder.absolutePath();
    const auto digest =
        QCryptographicHash::hash((QDir::homePath() + QLatin1Char('\n') + place).toUtf8(),
                                 QCryptographicHash::Sha256);
    return QStringLiteral("atelier-") + QString::fromLatin1(digest.toHex().left(24));
}

}  // namespace

SingleWindow::SingleWindow(const QString& dataFolder, QObject* parent) : QObject(parent) {
    const QString name = socketName(dataFolder);
    server_.setSocketOptions(QLocalServer::UserAccessOption);
    connect(&server_, &QLocalServer::newConnection, this, &SingleWindow::answer);
    // What a killed program has left: the folder is ours, so nobody listens there.
    if (!server_.listen(name)) {
        QLocalServer::removeServer(name);
        server_.listen(name);
    }
}

void SingleWindow::answer() {
    while (auto* caller = server_.nextPendingConnection()) {
        connect(caller, &QLocalSocket::disconnected, caller, &QObject::deleteLater);
        caller->write("shown\n");
        caller->flush();
        caller->disconnectFromServer();
        Q_EMIT asked();
    }
}

bool SingleWindow::askOther(const QString& dataFolder) {
    QLocalSocket socket;
    socket.connectToServer(socketName(dataFolder));
    if (!socket.waitForConnected(patience)) return false;
    return socket.bytesAvailable() > 0 || socket.waitForReadyRead(patience);
}

}  // namespace ui
