#include "app/ui/show_in_folder.h"

#include "tests/app/ui/desk.h"

#include <QDBusMessage>
#include <QDBusServer>
#include <QDBusVirtualObject>
#include <QUrl>

#include <gtest/gtest.h>

#include <vector>

namespace ui {
namespace {

using test_support::waitFor;

/// A file manager that answers at the other end of a connection, without a bus.
class FileManager : public QDBusVirtualObject {
public:
    QStringList shown;

    QString introspect(const QString&) const override { return {}; }
    bool handleMessage(const QDBusMessage& message, const QDBusConnection& connection) override {
        if (message.member() != QStringLiteral("ShowItems")) return false;
        shown += message.arguments().value(0).toStringList();
        return connection.send(message.createReply());
    }
};

class ShowInFolder : public testing::Test {
protected:
    ShowInFolder() {
        server_.setAnonymousAuthenticationAllowed(true);
        QObject::connect(&server_, &QDBusServer::newConnection, &server_, [this](QDBusConnection connection) {
            if (hasManager) {
                connection.registerVirtualObject(QStringLiteral("/org/freedesktop/FileManager1"), &manager);
            }
            kept_.push_back(connection);
        });
    }

    ~ShowInFolder() override { QDBusConnection::disconnectFromPeer(QStringLiteral("manager")); }

    QDBusConnection connection() {
        return QDBusConnection::connectToPeer(server_.address(), QStringLiteral("manager"));
    }

    bool hasManager = true;
    FileManager manager;
    QStringList opened;
    FolderOpener opener = [this](const QString& folder) { opened.append(folder); };

private:
    QDBusServer server_;
    std::vector<QDBusConnection> kept_;
};

TEST_F(ShowInFolder, SelectsTheFile) {
    showInFolder(QStringLiteral("/pictures/하트 1.png"), connection(), opener);
    ASSERT_TRUE(waitFor([&] { return !manager.shown.isEmpty(); }));
    EXPECT_EQ(manager.shown, QStringList{QUrl::fromLocalFile(QStringLiteral("/pictures/하트 1.png")).toString()});
    EXPECT_TRUE(opened.isEmpty());
}

TEST_F(ShowInFolder, OpensTheFolderWhereNobodyAnswers) {
    hasManager = false;
    showInFolder(QStringLiteral("/pictures/heart.png"), connection(), opener);
    ASSERT_TRUE(waitFor([&] { return !opened.isEmpty(); }));
    EXPECT_EQ(opened, QStringList{QStringLiteral("/pictures")});
}

TEST_F(ShowInFolder, OpensTheFolderWithoutABus) {
    showInFolder(QStringLiteral("/pictures/heart.png"), QDBusConnection(QStringLiteral("none")), opener);
    EXPECT_EQ(opened, QStringList{QStringLiteral("/pictures")});
}

}  // namespace
}  // namespace ui
