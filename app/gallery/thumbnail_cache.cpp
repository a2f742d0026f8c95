#include "app/gallery/thumbnail_cache.h"

#include "app/gallery/thumbnail_store.h"

#include <QImageReader>

#include <algorithm>

namespace gallery {
namespace {

constexpr int mostKibibytes = 48 * 1024;
/// More than any view shows at once.
constexpr int mostWaiting = 400;

QImage shrink(const QString& path, int edge) {
    QImageReader reader(path);
    reader.setDecideFormatFromContent(true);
    reader.setAutoTransform(true);
    const QSize size = reader.size();
    if (size.isValid() && (size.width() > edge || size.height() > edge))
        reader.setScaledSize(size.scaled(edge, edge, Qt::KeepAspectRatio));
    return reader.read();
}

/// In the format that painters copy fastest.
QImage dressed(const QImage& image, int box) {
    if (image.isNull()) return image;
    const bool isLarger = box > 0 && (image.width() > box || image.height() > box);
    return (isLarger ? image.scaled(box, box, Qt::KeepAspectRatio, Qt::SmoothTransformation) : image)
        .convertToFormat(image.hasAlphaChannel() ? QImage::Format_ARGB32_Premultiplied
                                                 : QImage::Format_RGB32);
}

}  // namespace

ThumbnailCache::ThumbnailCache(int edge, const QString& storeFile, QObject* parent)
    : QObject(parent),
      edge_(edge),
      images_(mostKibibytes),
      worker_(new QObject),
      store_(storeFile.isEmpty() ? nullptr : new ThumbnailStore(storeFile, edge)) {
    worker_->moveToThread(&thread_);
    thread_.start(QThread::LowPriority);
}

ThumbnailCache::~ThumbnailCache() {
    waiting_.clear();
    // The store's connection ends where it was made.
    QMetaObject::invokeMethod(
        worker_.get(), [this] { store_.reset(); }, Qt::BlockingQueuedConnection);
    thread_.quit();
    thread_.wait();
}

QImage ThumbnailCache::find(const QString& path) {
    const Kept* kept = images_.object(path);
    if (kept && kept->box == box_) return kept->image;
    const QImage other = kept ? kept->image : QImage();
    if (path.isEmpty() || path == running_ || unreadable_.contains(path)) return other;
    waiting_[path] = ++clock_;
    if (waiting_.size() > mostWaiting)
        waiting_.erase(std::min_element(waiting_.begin(), waiting_.end()));
    startNext();
    return other;
}

void ThumbnailCache::forget(const QString& path) {
    images_.remove(path);
    unreadable_.remove(path);
}

void ThumbnailCache::startNext() {
    if (!running_.isEmpty() || waiting_.isEmpty()) return;
    const auto next = std::max_element(waiting_.begin(), waiting_.end());
    running_ = next.key();
    waiting_.erase(next);
    QMetaObject::invokeMethod(worker_.get(), [this, path = running_, box = box_] {
        QImage image = store_ ? store_->find(path) : QImage();
        if (image.isNull()) {
            image = shrink(path, edge_);
            if (store_ && !image.isNull()) store_->keep(path, image);
        }
        QMetaObject::invokeMethod(
            this, [this, path, made = Kept{dressed(image, box), box}] { keep(path, made); },
            Qt::QueuedConnection);
    });
}

void ThumbnailCache::keep(const QString& path, const Kept& made) {
    running_.clear();
    if (made.image.isNull())
        unreadable_.insert(path);
    else
        images_.insert(path, new Kept(made), int(made.image.sizeInBytes() / 1024) + 1);
    startNext();
    Q_EMIT ready(path, made.image);
}

}  // namespace gallery
