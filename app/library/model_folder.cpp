#include "app/library/model_folder.h"

#include <QDir>
#include <QDirIterator>
#include <QSet>

namespace library {
namespace {

const QStringList endings{QStringLiteral("*.safetensors"), QStringLiteral("*.sft"),
                          QStringLiteral("*.ckpt"),        QStringLiteral("*.gguf"),
                          QStringLiteral("*.pt"),          QStringLiteral("*.pth")};

void search(const QString& folder, QSet<QString>& visited, QStringList& found) {
    const QDir dir(folder);
    const auto place = dir.canonicalPath();
    if (place.isEmpty() || visited.contains(place)) return;
    visited.insert(place);
    if (dir.exists(QStringLiteral("model_index.json"))) {
        found.append(dir.absolutePath());
        return;
    }
    for (const auto& file : dir.entryInfoList(endings, QDir::Files))
        found.append(file.absoluteFilePath());
    for (const auto& below : dir.entryInfoList(QDir::Dirs | QDir::NoDotAndDotDot))
        search(below.absoluteFilePath(), visited, found);
}

}  // namespace

QStringList findModels(const QString& folder) {
    QSet<QString> visited;
    QStringList found;
    if (!folder.isEmpty()) search(folder, visited, found);
    found.sort();
    return found;
}

qint64 sizeOnDisk(const QString& model) {
    if (!QFileInfo(model).isDir()) return QFileInfo(model).size();
    qint64 bytes = 0;
    QDirIterator files(model, QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        files.next();
        bytes += files.fileInfo().size();
    }
    return bytes;
}

}  // namespace library
