#pragma once

#include <QImage>
#include <QString>

#include <memory>

namespace storage {
class Sqlite;
}

namespace gallery {

/// Thumbnails on the disk, each as long as its file stays the same. A file that can't be used is made
/// anew or done without: what is lost is made again. Belongs to the thread that calls find first.
class ThumbnailStore {
public:
    /// edge: the longer side in pixels; those of another edge are not found.
    ThumbnailStore(QString file, int edge);
    ~ThumbnailStore();

    /// Null if there is none of this very file.
    QImage find(const QString& path);
    void keep(const QString& path, const QImage& image);

private:
    storage::Sqlite* file();
    void prune();

    QString path_;
    int edge_;
    bool isTried_ = false;
    int kept_ = 0;
    std::unique_ptr<storage::Sqlite> file_;
};

}  // namespace gallery
