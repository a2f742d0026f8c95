#include "app/gallery/image_store.h"

#include "app/codec/infotext.h"
#include "app/codec/text.h"
#include "app/gallery/file_name.h"
#include "app/gallery/image_metadata.h"
#include "app/gallery/png.h"
#include "app/storage/atomic_file.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QImage>

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

/// name: below the folder, with folders of its own. Returns the path that was free.
QString writeNumbered(const QByteArray& bytes, const QString& folder, const QString& name) {
    const QFileInfo wanted(QDir(folder).filePath(name));
    for (int number = nextNumber(wanted.path());; ++number) {
        const auto path = QDir(wanted.path())
                              .filePath(QStringLiteral("%1-%2.png")
                                            .arg(number, 5, 10, QLatin1Char('0'))
                                            .arg(wanted.fileName()));
        if (storage::writeFile(path, bytes, storage::IfTaken::leave)) return path;
    }
}

/// Red, green and blue of every pixel.
QByteArray pixelsOf(const QString& path) {
    const auto image = QImage(path).convertToFormat(QImage::Format_RGB888);
    QByteArray pixels;
    for (int y = 0; y < image.height(); ++y)
        pixels.append(reinterpret_cast<const char*>(image.constScanLine(y)), image.width() * 3);
    return pixels;
}

NameFacts factsOf(const Picture& picture) {
    NameFacts facts;
    facts.prompt = codec::fromUtf8(picture.request.prompt);
    facts.negativePrompt = codec::fromUtf8(picture.request.negative_prompt);
    facts.seed = facts.firstSeed = facts.lastSeed = picture.request.seed;
    facts.steps = picture.request.steps;
    facts.guidanceScale = picture.request.guidance_scale;
    facts.width = picture.width;
    facts.height = picture.height;
    facts.clipSkip = picture.request.clip_skip;
    facts.sampler = codec::fromUtf8(picture.request.sampler);
    facts.schedule = codec::fromUtf8(picture.request.schedule);
    facts.modelName = picture.modelName;
    facts.modelHash = picture.modelHash;
    facts.now = QDateTime::currentDateTime();
    facts.jobStart = facts.now.addMSecs(-qint64(picture.seconds * 1000));
    return facts;
}

}  // namespace

ImageStore::ImageStore(QString folder, QString pattern)
    : folder_(std::move(folder)), pattern_(std::move(pattern)) {}

QString ImageStore::nameFor(const Picture& picture, const QByteArray& pixels) const {
    auto facts = factsOf(picture);
    facts.pixels = pixels;
    const auto name = safePath(fillPattern(pattern_, facts));
    return name.isEmpty() ? QString::number(picture.request.seed) : name;
}

Picture ImageStore::store(const diffusion::Result& result) {
    const auto& pixels = result.image.pixels;
    const QByteArray bytes(reinterpret_cast<const char*>(pixels.data()), qsizetype(pixels.size()));
    const auto name = nameFor(describe(result, QString()), bytes);
    return describe(result, writeNumbered(encode(result), folder_, name));
}

Picture ImageStore::storeAs(const diffusion::Result& result, const QString& path) {
    storage::writeFile(path, encode(result), storage::IfTaken::replace);
    return describe(result, path);
}

Picture ImageStore::storeIn(const diffusion::Result& result, const QString& folder) {
    return describe(result,
                    writeNumbered(encode(result), folder, QString::number(result.request.seed)));
}

std::optional<Picture> ImageStore::adopt(const QString& path) {
    auto picture = describeFile(path);
    QFile file(path);
    if (!picture || !file.open(QIODevice::ReadOnly)) return std::nullopt;
    const auto name = nameFor(*picture, pixelsOf(path));
    picture->path = QDir(writeNumbered(file.readAll(), folder_, name)).absolutePath();
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
    if (!QFileInfo::exists(codec::fromUtf8(picture.request.vae))) picture.request.vae.clear();
    picture.modelName = block.find(QStringLiteral("Model")).value_or(QString());
    picture.modelHash = block.find(QStringLiteral("Model hash")).value_or(QString());
    picture.width = picture.request.width;
    picture.height = picture.request.height;
    return picture;
}

}  // namespace gallery
