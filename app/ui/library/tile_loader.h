#pragma once

// Whole pictures for the library's loupe, compare and survey: read off the GUI thread, the last ones
// kept.

#include "app/ui/stage/pyramid.h"

#include <QCache>
#include <QObject>
#include <QSet>
#include <QString>
#include <QThreadPool>

#include <atomic>

namespace ui {

class TileLoader : public QObject {
    Q_OBJECT

public:
    explicit TileLoader(QObject* parent = nullptr);
    ~TileLoader() override;

    /// Pictures are read in this size at most, in pixels of the longer side; 0: as they are.
    void setEdge(int edge);

    /// The picture, or a null one; then it is being read and loaded follows, unless too many others
    /// were asked for since.
    Pyramid find(const QString& path);
    bool isUnreadable(const QString& path) const { return unreadable_.contains(path); }
    /// Files may be other ones by now.
    void forgetUnreadable() { unreadable_.clear(); }

Q_SIGNALS:
    void loaded(const QString& path);

private:
    void keep(const QString& path, const Pyramid& picture, int edge);

    int edge_ = 0;
    QCache<QString, Pyramid> pictures_;  // cost in KiB
    QSet<QString> pending_;
    QSet<QString> unreadable_;
    std::atomic<int> generation_ = 0;
    QThreadPool pool_;
};

}  // namespace ui
