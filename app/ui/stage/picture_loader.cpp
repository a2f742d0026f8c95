#include "app/ui/stage/picture_loader.h"

#include <QImageReader>

namespace ui {

PictureLoader::PictureLoader(QObject* parent) : QObject(parent) {
    pool_.setMaxThreadCount(1);
}

PictureLoader::~PictureLoader() {
    cancel();
    pool_.clear();
    pool_.waitForDone();
}

void PictureLoader::load(const QString& path) {
    const int ticket = ++latest_;
    pool_.start([this, ticket, path] {
        if (latest_ != ticket) return;
        QImageReader reader(path);
        reader.setAutoTransform(true);
        const Pyramid picture(reader.read());
        QMetaObject::invokeMethod(this, [this, ticket, path, picture] {
            if (latest_ == ticket) Q_EMIT loaded(path, picture);
        });
    });
}

void PictureLoader::cancel() {
    ++latest_;
}

QImage toQImage(const diffusion::Image& image) {
    if (image.is_empty()) return {};
    const auto format = image.channels == 4 ? QImage::Format_RGBA8888 : QImage::Format_RGB888;
    return QImage(image.pixels.data(), image.width, image.height, image.width * image.channels,
                  format)
        .copy();
}

}  // namespace ui
