#include "app/ui/training/caption_folder.h"

#include "app/codec/text.h"
#include "app/storage/atomic_file.h"
#include "diffusion/error.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <algorithm>
#include <nlohmann/json.hpp>

namespace ui {
namespace {

using Json = nlohmann::json;

/// Longer ones are no captions.
constexpr qint64 mostBytes = 1 << 20;

QString textOf(const QString& file) {
    QFile text(file);
    if (!text.open(QIODevice::ReadOnly)) return {};
    return QString::fromUtf8(text.read(mostBytes)).trimmed();
}

QString fieldOf(const Json& line, const char* key) {
    const auto found = line.find(key);
    return found != line.end() && found->is_string() ? codec::fromUtf8(found->get<std::string>())
                                                     : QString();
}

/// The caption of a line by its first field that says one; en or ko go with their style.
QString listedCaption(const Json& line) {
    for (const char* key : {"caption", "text"})
        if (const auto text = fieldOf(line, key); !text.isEmpty()) return text;
    for (const auto& [key, style] : {std::pair{"en", "style_en"}, std::pair{"ko", "style_ko"}}) {
        const auto text = fieldOf(line, key);
        const auto how = fieldOf(line, style);
        if (!text.isEmpty()) return how.isEmpty() ? text : text + QStringLiteral(", ") + how;
    }
    return {};
}

/// Of a path within the folder; empty where the line is none that the trainer takes.
CaptionedPicture fromLine(const QDir& folder, const QByteArray& text) {
    const auto line = Json::parse(text.begin(), text.end(), nullptr, false);
    if (!line.is_object()) return {};
    auto file = fieldOf(line, "file");
    if (file.isEmpty()) file = fieldOf(line, "file_name");
    const bool leaves =
        QDir::isAbsolutePath(file) || file.split(QLatin1Char('/')).contains(QStringLiteral(".."));
    if (file.isEmpty() || leaves) return {};
    CaptionedPicture picture;
    picture.path = folder.filePath(file);
    picture.listed = listedCaption(line);
    picture.isThere = QFileInfo(picture.path).isFile();
    picture.caption = textOf(captionFile(picture.path));
    if (picture.caption.isEmpty()) picture.caption = picture.listed;
    return picture;
}

void readList(CaptionFolder& result, const QDir& folder) {
    QFile list(folder.filePath(QStringLiteral("captions.jsonl")));
    if (!list.open(QIODevice::ReadOnly)) return;
    while (!list.atEnd()) {
        const auto line = list.readLine(mostBytes).trimmed();
        if (line.isEmpty()) continue;
        const auto picture = fromLine(folder, line);
        if (picture.path.isEmpty())
            ++result.badLines;
        else
            result.pictures << picture;
    }
}

}  // namespace

int CaptionFolder::captioned() const {
    return int(std::count_if(pictures.begin(), pictures.end(), [](const CaptionedPicture& picture) {
        return picture.isThere && !picture.caption.isEmpty();
    }));
}

QStringList trainingSuffixes() {
    return {QStringLiteral("*.png"),  QStringLiteral("*.jpg"), QStringLiteral("*.jpeg"),
            QStringLiteral("*.webp"), QStringLiteral("*.bmp"), QStringLiteral("*.avif")};
}

bool isTrainingPicture(const QString& path) {
    return trainingSuffixes().contains(QStringLiteral("*.") + QFileInfo(path).suffix().toLower());
}

CaptionFolder readCaptionFolder(const QString& path) {
    CaptionFolder result;
    result.path = path;
    const QDir folder(path);
    result.isThere = !path.isEmpty() && folder.exists();
    if (!result.isThere) return result;
    result.hasList = folder.exists(QStringLiteral("captions.jsonl"));
    if (result.hasList) {
        readList(result, folder);
        return result;
    }
    // Names are compared without regard to case, as the trainer compares endings.
    for (const auto& name : folder.entryList(trainingSuffixes(), QDir::Files, QDir::Name)) {
        CaptionedPicture picture;
        picture.path = folder.filePath(name);
        picture.caption = textOf(captionFile(picture.path));
        result.pictures << picture;
    }
    return result;
}

QString captionFile(const QString& picture) {
    const QFileInfo file(picture);
    return file.path() + QLatin1Char('/') + file.completeBaseName() + QStringLiteral(".txt");
}

void writeCaption(const QString& picture, const QString& caption) {
    const auto text = caption.trimmed();
    const auto bytes = text.isEmpty() ? QByteArray() : text.toUtf8() + '\n';
    storage::writeFile(captionFile(picture), bytes, storage::IfTaken::replace);
}

QStringList addPictures(const QString& folder, const QStringList& pictures) {
    QStringList left;
    for (const auto& picture : pictures) {
        const QString name = QFileInfo(picture).fileName();
        QFile file(picture);
        bool isCopied = isTrainingPicture(picture) && file.open(QIODevice::ReadOnly);
        const auto to = QDir(folder).filePath(name);
        try {
            isCopied = isCopied && storage::writeFile(to, file.readAll(), storage::IfTaken::leave);
            if (isCopied && QFile::exists(captionFile(picture)))
                writeCaption(to, textOf(captionFile(picture)));
        } catch (const diffusion::Error&) {  // the disk is full, or the folder is not the user's
            isCopied = false;
        }
        if (!isCopied) left << name;
    }
    return left;
}

}  // namespace ui
