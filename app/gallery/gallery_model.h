#pragma once

#include "app/gallery/gallery_database.h"
#include "app/gallery/thumbnail_cache.h"

#include <QAbstractListModel>
#include <QList>

namespace gallery {

/// The gallery as a list, newest first, for views. DecorationRole is the thumbnail (a QImage, null
/// until it is decoded), ToolTipRole the prompt, DisplayRole the file name.
class GalleryModel : public QAbstractListModel {
    Q_OBJECT

public:
    enum Role { PathRole = Qt::UserRole, IdRole, PromptRole, WidthRole, HeightRole };

    GalleryModel(GalleryDatabase& database, ThumbnailCache& thumbnails, QObject* parent = nullptr);

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    bool canFetchMore(const QModelIndex& parent) const override;
    void fetchMore(const QModelIndex& parent) override;

    /// The picture of a row of this model.
    const Picture& picture(int row) const { return pictures_.at(row); }

    /// -1 if it isn't among the rows.
    int rowOf(PictureId id) const;

private:
    void insert(const Picture& picture);
    void change(const Picture& picture);
    void remove(PictureId id);
    void repaint(const QString& path);

    GalleryDatabase& database_;
    ThumbnailCache& thumbnails_;
    QList<Picture> pictures_;
    bool hasMore_ = true;
};

}  // namespace gallery
