// The offline switch, tried on the system; and that no part of the program has network code that the
// table doesn't list.

#include "app/studio/network_guard.h"

#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>

#include <gtest/gtest.h>

#include <cerrno>

#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace studio {
namespace {

/// What the work returns in a process of its own, for what can't be undone.
int inChild(int (*work)()) {
    const auto child = fork();
    if (child == 0) _exit(work());
    int status = 0;
    waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

TEST(NetworkGuard, the_system_refuses_sockets_of_the_internet_and_no_others) {
    EXPECT_EQ(inChild([] {
                  if (!refuseNetwork()) return 1;
                  if (socket(AF_INET, SOCK_STREAM, 0) >= 0 || errno != EACCES) return 2;
                  if (socket(AF_INET6, SOCK_DGRAM, 0) >= 0 || errno != EACCES) return 3;
                  if (socket(AF_UNIX, SOCK_STREAM, 0) < 0) return 4;
                  return isNetworkRefused() ? 0 : 5;
              }),
              0);
}

TEST(NetworkGuard, what_the_program_starts_is_refused_as_well) {
    EXPECT_EQ(inChild([] {
                  refuseNetwork();
                  return inChild([] { return isNetworkRefused() ? 0 : 1; });
              }),
              0);
}

TEST(NetworkGuard, open_sockets_are_counted) {
    if (isNetworkRefused()) GTEST_SKIP() << "no socket can be made here";
    const int before = openNetworkSockets();
    ASSERT_GE(before, 0);
    const int udp = socket(AF_INET, SOCK_DGRAM, 0);
    sockaddr address{};
    address.sa_family = AF_INET;
    ASSERT_EQ(bind(udp, &address, 16), 0);
    EXPECT_EQ(openNetworkSockets(), before + 1);
    close(udp);
}

TEST(NetworkGuard, no_other_file_has_network_code) {
    EXPECT_TRUE(networkCalls().empty()) << "a new call belongs into the offline switch's test, too";
    const QRegularExpression network(QStringLiteral(
        R"re(QNetwork|QTcp|QUdp|QSslSocket|QHttp|QWebSocket|<curl/|<sys/socket\.h>|<netinet/|<arpa/|<netdb\.h>|getaddrinfo)re"));
    QStringList found;
    for (const char* folder : {"app", "diffusion", "unet", "clip", "vae"}) {
        QDirIterator files(QStringLiteral(ATELIER_SOURCE_DIR "/") + QLatin1String(folder),
                           {"*.h", "*.cpp"}, QDir::Files, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            QFile file(files.next());
            ASSERT_TRUE(file.open(QIODevice::ReadOnly));
            if (QString::fromUtf8(file.readAll()).contains(network)) found << file.fileName();
        }
    }
    ASSERT_EQ(found.size(), 1) << found.join(QLatin1Char(' ')).toStdString();
    EXPECT_TRUE(found.first().endsWith(QLatin1String("app/studio/network_guard.cpp")));
}

}  // namespace
}  // namespace studio
