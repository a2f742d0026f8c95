#include "app/gallery/thumbnail_store.h"

#include "app/storage/sqlite.h"
#include "diffusion/error.h"

#include <QBuffer>
#include <QDateTime>
#include <QFile>
#include <QFileInfo>

#include <utility>

namespace gallery {
namespace {

constexpr int mostRows = 40000;  // about 700 MB
constexpr int pruneAfter = 500;

std::unique_ptr<storage::Sqlite> opened(const QString& path) {
    auto file = std::make_unique<storage::Sqlite>(path);
    file->run(QStringLiteral("PRAGMA journal_mode = WAL"));
    // Losing one is no loss; waiting for the disk with each would be.
    file->run(QStringLiteral("PRAGMA synchronous = OFF"));
    file->migrate({QStringLiteral("CREATE TABLE thumbnails (path TEXT PRIMARY KEY, "
                                  "edge INTEGER NOT NULL, bytes INTEGER NOT NULL, "
                                  "time INTEGER NOT NULL, image BLOB NOT NULL)")});
    return file;
}

QByteArray encoded(const QImage& image) {
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, image.hasAlphaChannel() ? "PNG" : "JPEG", image.hasAlphaChannel() ? -1 : 88);
    return bytes;
}

}  // namespace

ThumbnailStore::ThumbnailStore(QString file, int edge) : path_(std::move(file)), edge_(edge) {}

ThumbnailStore::~ThumbnailStore() = default;

storage::Sqlite* ThumbnailStore::file() {
    if (isTried_) return file_.get();
    isTried_ = true;
    for (int attempt = 0; attempt < 2 && !file_; ++attempt) {
        try {
            file_ = opened(path_);
        } catch (const diffusion::Error&) {
            QFile::remove(path_);
        }
    }
    return file_.get();
}

QImage ThumbnailStore::find(const QString& path) {
    if (!file()) return {};
    const QFileInfo info(path);
    try {
        auto row = file_->run(
            QStringLiteral("SELECT image FROM thumbnails WHERE path = ? AND edge = ? AND bytes = ? "
                           "AND time = ?"),
            {path, edge_, info.size(), info.lastModified().toMSecsSinceEpoch()});
        return row.next() ? QImage::fromData(row.value(0).toByteArray()) : QImage();
    } catch (const diffusion::Error&) {
        return {};
    }
}

void ThumbnailStore::keep(const QString& path, const QImage& image) {
    if (!file()) return;
    const QFileInfo info(path);
    try {
        file_->run(QStringLiteral("INSERT OR REPLACE INTO thumbnails (path, edge, bytes, time, image) "
                                  "VALUES (?, ?, ?, ?, ?)"),
                   {path, edge_, info.size(), info.lastModified().toMSecsSinceEpoch(),
                    encoded(image)});
        if (++kept_ % pruneAfter == 0) prune();
    } catch (const diffusion::Error&) {
        file_.reset();  // a full disk for one
    }
}

/// The oldest go.
void ThumbnailStore::prune() {
    file_->run(QStringLiteral("DELETE FROM thumbnails WHERE rowid <= "
                              "(SELECT max(rowid) - %1 FROM thumbnails)")
                   .arg(mostRows));
}

}  // namespace gallery
