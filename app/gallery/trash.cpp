#include "app/gallery/trash.h"

#include "app/codec/text.h"
#include "diffusion/error.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

namespace gallery {
namespace {

using diffusion::Error;
using diffusion::ErrorKind;

QString freePath(const QString& path) {
    const QFileInfo info(path);
    for (int number = 1;; ++number) {
        const auto name = number == 1 ? info.fileName()
                                      : QStringLiteral("%1 (%2).%3")
                                            .arg(info.completeBaseName())
                                            .arg(number)
                                            .arg(info.suffix());
        const auto tried = info.dir().filePath(name);
        if (!QFileInfo::exists(tried)) return tried;
    }
}

/// Trash/files/owl.png -> Trash/info/owl.png.trashinfo
QString noteOf(const QString& inTrash) {
    const QFileInfo info(inTrash);
    return QDir(info.path()).filePath(QStringLiteral("../info/%1.trashinfo").arg(info.fileName()));
}

}  // namespace

QString moveToTrash(const QString& path) {
    QFile file(path);
    if (!file.moveToTrash())
        throw Error(ErrorKind::cannot_write,
                    codec::toUtf8(path) + ": expected a file that the trash takes, found: " +
                        codec::toUtf8(file.errorString()) + ". It was left where it is.");
    return QDir::cleanPath(file.fileName());
}

QString restoreFromTrash(const QString& inTrash, const QString& path) {
    if (!QFileInfo::exists(inTrash))
        throw Error(ErrorKind::missing_file,
                    codec::toUtf8(path) + ": expected to find it in the trash as " +
                        codec::toUtf8(inTrash) + ", found nothing there. Was the trash emptied?");
    QDir().mkpath(QFileInfo(path).path());
    const auto target = freePath(path);
    QFile file(inTrash);
    if (!file.rename(target))
        throw Error(ErrorKind::cannot_write,
                    codec::toUtf8(target) + ": expected a place for the file from the trash, found: " +
                        codec::toUtf8(file.errorString()) + ".");
    QFile::remove(noteOf(inTrash));
    return target;
}

}  // namespace gallery
