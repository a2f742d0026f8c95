#include "app/codec/picture_reader.h"

#include <QFileInfo>
#include <QImage>
#include <QImageReader>
#include <QString>

#include <algorithm>

#include "diffusion/error.h"

namespace app::codec {

namespace {

constexpr int largestExtent = 16384;

[[noreturn]] void fail(diffusion::ErrorKind kind, const std::string& file, const std::string& what) {
    throw diffusion::Error(kind, "The picture " + file + " " + what);
}

diffusion::Image toImage(const QImage& picture) {
    const QImage rgba = picture.convertToFormat(QImage::Format_RGBA8888);
    diffusion::Image image;
    image.width = rgba.width();
    image.height = rgba.height();
    image.channels = 4;
    const auto rowBytes = static_cast<std::size_t>(image.width) * 4;
    image.pixels.resize(rowBytes * static_cast<std::size_t>(image.height));
    for (int y = 0; y < image.height; ++y) {
        std::copy_n(rgba.constScanLine(y), rowBytes,
                    image.pixels.data() + rowBytes * static_cast<std::size_t>(y));
    }
    return image;
}

}  // namespace

diffusion::Image readPicture(const std::string& file) {
    const QString path = QString::fromStdString(file);
    if (!QFileInfo(path).isFile()) {
        fail(diffusion::ErrorKind::missing_file, file, "is not there.");
    }
    QImageReader reader(path);
    reader.setAutoTransform(true);
    reader.setDecideFormatFromContent(true);
    const QSize size = reader.size();
    if (size.width() > largestExtent || size.height() > largestExtent) {
        fail(diffusion::ErrorKind::bad_request, file,
             "is " + std::to_string(size.width()) + "x" + std::to_string(size.height()) +
                 ": at most " + std::to_string(largestExtent) + " pixels a side are read.");
    }
    const QImage picture = reader.read();
    if (picture.isNull()) {
        fail(diffusion::ErrorKind::corrupt_file, file,
             "can't be read: " + reader.errorString().toStdString() + ".");
    }
    return toImage(picture);
}

}  // namespace app::codec
