#include "app/gallery/thumbnail_cache.h"

#include <QImageReader>

namespace gallery {
namespace {

constexpr int mostKibibytes = 64 * 1024;

QImage shrink(const QString& path, int edge) {
    QImageReader reader(path);
    reader.setAutoTransform(true);
    const QSize size = reader.size();
    if (size.isValid() && (size.width() > edge || size.height() > edge))
        reader.setScaledSize(size.scaled(edge, edge, Qt::KeepAspectRatio));
    return reader.read();
}

}  // namespace

ThumbnailCache::ThumbnailCache(int edge, QObject* parent)
    : QObject(parent), edge_(edge), images_(mostKibibytes) {
    workers_.setMaxThreadCount(1);
}

ThumbnailCache::~ThumbnailCache() {
    workers_.clear();
    workers_.waitForDone();
}

QImage ThumbnailCache::find(const QString& path) {
    if (const QImage* image = images_.object(path)) return *image;
    if (pending_.contains(path) || unreadable_.contains(path)) return {};
    pending_.insert(path);
    workers_.start([this, path] {
        const QImage image = shrink(path, edge_);
        QMetaObject::invokeMethod(
            this, [this, path, image] { keep(path, image); }, Qt::QueuedConnection);
    });
    return {};
}

void ThumbnailCache::keep(const QString& path, const QImage& image) {
    pending_.remove(path);
    if (image.isNull())
        unreadable_.insert(path);
    else
        images_.insert(path, new QImage(image), int(image.sizeInBytes() / 1024) + 1);
    Q_EMIT ready(path, image);
}

}  // namespace gallery
