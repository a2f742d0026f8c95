#pragma once

#include <QCache>
#include <QImage>
#include <QObject>
#include <QSet>
#include <QString>
#include <QThreadPool>

namespace gallery {

/// Small versions of picture files, decoded off the thread that asks. Keeps the last ones used.
class ThumbnailCache : public QObject {
    Q_OBJECT

public:
    /// edge: the longer side of a thumbnail in pixels.
    explicit ThumbnailCache(int edge, QObject* parent = nullptr);
    ~ThumbnailCache() override;

    /// The thumbnail, or a null image; then it is being made and ready follows.
    QImage find(const QString& path);

Q_SIGNALS:
    /// Also for a file that can't be read: its image is null.
    void ready(const QString& path, const QImage& image);

private:
    void keep(const QString& path, const QImage& image);

    int edge_;
    QCache<QString, QImage> images_;  // cost in KiB
    QSet<QString> pending_;
    QSet<QString> unreadable_;
    QThreadPool workers_;
};

}  // namespace gallery
