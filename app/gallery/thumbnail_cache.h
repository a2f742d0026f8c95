#pragma once

#include <QCache>
#include <QHash>
#include <QImage>
#include <QObject>
#include <QSet>
#include <QString>
#include <QThread>

#include <memory>

namespace gallery {

class ThumbnailStore;

/// Small versions of picture files, decoded off the thread that asks. Keeps the last ones used. What
/// was asked for last is made first, and what many others have pushed back is dropped: whoever
/// scrolls past it asks again.
class ThumbnailCache : public QObject {
    Q_OBJECT

public:
    /// edge: the longer side of a thumbnail in pixels. storeFile keeps thumbnails between two starts;
    /// empty: nowhere.
    explicit ThumbnailCache(int edge, const QString& storeFile = {}, QObject* parent = nullptr);
    ~ThumbnailCache() override;

    /// Thumbnails are shrunk to this square, in pixels, so that views paint them as they are; 0: not at
    /// all. Those of another box are given until they are made anew.
    void setBox(int side) { box_ = side; }

    /// The thumbnail, or a null image; then it is being made and ready follows.
    QImage find(const QString& path);
    /// The file is another one now.
    void forget(const QString& path);

    bool isUnreadable(const QString& path) const { return unreadable_.contains(path); }

Q_SIGNALS:
    /// Also for a file that can't be read: its image is null.
    void ready(const QString& path, const QImage& image);

private:
    struct Kept {
        QImage image;
        int box = 0;
    };

    void startNext();
    void keep(const QString& path, const Kept& made);

    int edge_;
    int box_ = 0;
    QCache<QString, Kept> images_;  // cost in KiB
    QHash<QString, quint64> waiting_;  // when it was asked for last
    quint64 clock_ = 0;
    QString running_;
    QSet<QString> unreadable_;
    QThread thread_;
    std::unique_ptr<QObject> worker_;        // lives on the thread
    std::unique_ptr<ThumbnailStore> store_;  // used on the thread alone
};

}  // namespace gallery
