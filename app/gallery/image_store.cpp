#include "app/gallery/image_store.h"

#include "app/codec/infotext.h"
#include "app/codec/text.h"
#include "app/gallery/image_metadata.h"
#include "app/gallery/png.h"
#include "app/storage/atomic_file.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <utility>

namespace gallery {
namespace {

QByteArray encode(const diffusion::Result& result) {
    const auto infotext = codec::writeInfotext(codec::infotextOf(result));
    return encodePng(result.image, {{QStringLiteral("parameters"), infotext}});
}

Picture describe(const diffusion::Result& result, const QString& path) {
    Picture picture;
    picture.path = QDir(path).absolutePath();
    picture.created = QDateTime::currentDateTimeUtc();
    picture.request = result.request;
    picture.modelName = codec::fromUtf8(result.model.name);
    picture.modelHash = codec::fromUtf8(result.model_hash);
    picture.width = result.image.width;
    picture.height = result.image.height;
    picture.seconds = result.seconds;
    return picture;
}

/// One more than the largest number that a name in the folder begins with.
int nextNumber(const QString& folder) {
    int largest = 0;
    for (const auto& name : QDir(folder).entryList({QStringLiteral("*.png")}, QDir::Files)) {
        bool isNumber = false;
        const int number = name.section(QLatin1Char('-'), 0, 0).toInt(&isNumber);
        if (isNumber && number > largest) largest = number;
    }
    return largest + 1;
}

QString dayFolder(const QString& folder) {
    return QDir(folder).filePath(QDate::currentDate().toString(Qt::ISODate));
}

/// Returns the path that was free.
QString writeNumbered(const QByteArray& bytes, const QString& folder, qint64 seed) {
    for (int number = nextNumber(folder);; ++number) {
        const auto name =
            QStringLiteral("%1-%2.png").arg(number, 5, 10, QLatin1Char('0')).arg(seed);
        const auto path = QDir(folder).filePath(name);
        if (storage::writeFile(path, bytes, storage::IfTaken::leave)) return path;
    }
}

}  // namespace

ImageStore::ImageStore(QString folder) : folder_(std::move(folder)) {}

Picture ImageStore::store(const diffusion::Result& result) {
    return storeIn(result, dayFolder(folder_));
}

Picture ImageStore::storeAs(const diffusion::Result& result, const QString& path) {
    storage::writeFile(path, encode(result), storage::IfTaken::replace);
    return describe(result, path);
}

Picture ImageStore::storeIn(const diffusion::Result& result, const QString& folder) {
    return describe(result, writeNumbered(encode(result), folder, result.request.seed));
}

std::optional<Picture> ImageStore::adopt(const QString& path) {
    auto picture = describeFile(path);
    QFile file(path);
    if (!picture || !file.open(QIODevice::ReadOnly)) return std::nullopt;
    picture->path = QDir(writeNumbered(file.readAll(), dayFolder(folder_), picture->request.seed))
                        .absolutePath();
    return picture;
}

std::optional<Picture> ImageStore::describeFile(const QString& path) {
    const auto text = readParameters(path);
    if (!text) return std::nullopt;
    const auto block = codec::readInfotext(*text);
    Picture picture;
    picture.path = QDir(path).absolutePath();
    picture.created = QFileInfo(path).lastModified().toUTC();
    picture.request = codec::requestOf(block);
    // The block names the model but not where it lies; no path means the model that ships.
    if (!QFileInfo::exists(codec::fromUtf8(picture.request.model))) picture.request.model.clear();
    picture.modelName = block.find(QStringLiteral("Model")).value_or(QString());
    picture.modelHash = block.find(QStringLiteral("Model hash")).value_or(QString());
    picture.width = picture.request.width;
    picture.height = picture.request.height;
    return picture;
}

}  // namespace gallery
