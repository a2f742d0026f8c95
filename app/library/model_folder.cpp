#include "app/library/model_folder.h"

#include <QDateTime>
#include <QDir>
#include <QDirIterator>
#include <QSet>

#include <algorithm>

namespace library {
namespace {

const QStringList endings{QStringLiteral("*.safetensors"), QStringLiteral("*.sft"),
                          QStringLiteral("*.ckpt"),        QStringLiteral("*.gguf"),
                          QStringLiteral("*.pt"),          QStringLiteral("*.pth"),
                          QStringLiteral("*.bin")};

class Search {
public:
    explicit Search(bool holdsFoldersOnly) : holdsFoldersOnly_(holdsFoldersOnly) {}

    void lookInto(const QString& folder) {
        const QDir dir(folder);
        const auto place = dir.canonicalPath();
        if (place.isEmpty() || visited_.contains(place)) return;
        visited_.insert(place);
        if (dir.exists(QStringLiteral("model_index.json"))) {
            findings.models.append(dir.absolutePath());
            return;
        }
        findings.folders.append(dir.absolutePath());
        if (!holdsFoldersOnly_)
            for (const auto& file : dir.entryInfoList(endings, QDir::Files))
                findings.models.append(file.absoluteFilePath());
        for (const auto& below : dir.entryInfoList(QDir::Dirs | QDir::NoDotAndDotDot))
            lookInto(below.absoluteFilePath());
    }

    Findings findings;

private:
    bool holdsFoldersOnly_;
    QSet<QString> visited_;
};

/// Calls visit with the model's file, or every file of its folder.
template <typename Visitor>
void visitFiles(const QString& model, Visitor&& visit) {
    if (!QFileInfo(model).isDir()) return visit(QFileInfo(model));
    QDirIterator files(model, QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        files.next();
        visit(files.fileInfo());
    }
}

}  // namespace

Findings search(const ModelFolder& folder) {
    Search search(folder.holdsFoldersOnly);
    if (!folder.path.isEmpty()) search.lookInto(folder.path);
    search.findings.models.sort();
    return search.findings;
}

QStringList findModels(const QString& folder) { return search({folder, {}, false}).models; }

qint64 sizeOnDisk(const QString& model) {
    qint64 bytes = 0;
    visitFiles(model, [&](const QFileInfo& file) { bytes += file.size(); });
    return bytes;
}

qint64 timeOnDisk(const QString& model) {
    qint64 time = 0;
    visitFiles(model, [&](const QFileInfo& file) {
        time = std::max(time, file.lastModified().toMSecsSinceEpoch());
    });
    return time;
}

}  // namespace library
