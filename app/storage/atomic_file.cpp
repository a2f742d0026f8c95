#include "app/storage/atomic_file.h"

#include "diffusion/error.h"

#include <QDateTime>
#include <QDir>
#include <QFileInfo>
#include <QTemporaryFile>

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

namespace storage {
namespace {

const QString hiddenName = QStringLiteral(".atelier-XXXXXX.part");
/// Nobody writes one file for so long.
constexpr int leftoverMinutes = 10;

[[noreturn]] void fail(const QString& path, const QString& reason) {
    const auto sentence = path + QStringLiteral(": expected a place that can be written, found: ") +
                          reason + QLatin1Char('.');
    throw diffusion::Error(diffusion::ErrorKind::cannot_write, sentence.toStdString());
}

QString systemReason() {
    return QString::fromLocal8Bit(std::strerror(errno));
}

/// True when done; false when the name is taken.
bool moveTo(const QString& from, const QString& to, IfTaken ifTaken) {
    const auto source = QFile::encodeName(from);
    const auto target = QFile::encodeName(to);
    if (ifTaken == IfTaken::replace) {
        if (::rename(source.constData(), target.constData()) != 0) fail(to, systemReason());
        return true;
    }
    if (::renameat2(AT_FDCWD, source.constData(), AT_FDCWD, target.constData(), RENAME_NOREPLACE) ==
        0)
        return true;
    if (errno == EEXIST) return false;
    if (errno != EINVAL && errno != ENOSYS) fail(to, systemReason());
    // A file system without this call: the check comes first, one process owns the folder.
    if (QFileInfo::exists(to)) return false;
    if (::rename(source.constData(), target.constData()) != 0) fail(to, systemReason());
    return true;
}

}  // namespace

bool writeFile(const QString& path, const QByteArray& bytes, IfTaken ifTaken) {
    const QFileInfo info(path);
    if (!QDir().mkpath(info.absolutePath())) fail(info.absolutePath(), systemReason());
    if (ifTaken == IfTaken::leave && info.exists()) return false;
    QTemporaryFile file(info.absoluteDir().filePath(hiddenName));
    if (!file.open()) fail(path, file.errorString());
    if (file.write(bytes) != bytes.size() || !file.flush()) fail(path, file.errorString());
    file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ReadGroup | QFile::ReadOther);
    if (::fsync(file.handle()) != 0) fail(path, systemReason());
    const QString hidden = file.fileName();
    file.close();
    const bool isMoved = moveTo(hidden, path, ifTaken);
    if (isMoved) file.setAutoRemove(false);
    return isMoved;
}

void removeLeftovers(const QString& folder) {
    const auto latest = QDateTime::currentDateTime().addSecs(-60 * leftoverMinutes);
    const auto pattern = QString(hiddenName).replace(QStringLiteral("XXXXXX"), QStringLiteral("*"));
    for (const auto& file : QDir(folder).entryInfoList({pattern}, QDir::Files | QDir::Hidden))
        if (file.lastModified() < latest) QFile::remove(file.filePath());
}

void requireWritableFolder(const QString& folder) {
    if (!QDir().mkpath(folder)) fail(folder, QStringLiteral("the folder can't be made"));
    QTemporaryFile trial(QDir(folder).filePath(hiddenName));
    if (!trial.open()) fail(folder, trial.errorString());
}

}  // namespace storage
