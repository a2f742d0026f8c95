#include "app/gallery/gallery_model.h"

#include "app/codec/text.h"

#include <QFileInfo>

#include <algorithm>

namespace gallery {
namespace {

constexpr int page = 200;

}  // namespace

GalleryModel::GalleryModel(GalleryDatabase& database, ThumbnailCache& thumbnails, QObject* parent)
    : QAbstractListModel(parent), database_(database), thumbnails_(thumbnails) {
    connect(&database_, &GalleryDatabase::added, this, &GalleryModel::insert);
    connect(&database_, &GalleryDatabase::changed, this, &GalleryModel::change);
    connect(&database_, &GalleryDatabase::removed, this, &GalleryModel::remove);
    connect(&thumbnails_, &ThumbnailCache::ready, this, &GalleryModel::repaint);
    fetchMore({});
}

int GalleryModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(pictures_.size());
}

QVariant GalleryModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= pictures_.size()) return {};
    const Picture& picture = pictures_.at(index.row());
    switch (role) {
        case Qt::DecorationRole:
            return thumbnails_.find(picture.path);
        case Qt::DisplayRole:
            return QFileInfo(picture.path).fileName();
        case Qt::ToolTipRole:
        case Qt::AccessibleTextRole:
        case PromptRole:
            return codec::fromUtf8(picture.request.prompt);
        case PathRole:
            return picture.path;
        case IdRole:
            return picture.id;
        case WidthRole:
            return picture.width;
        case HeightRole:
            return picture.height;
        default:
            return {};
    }
}

bool GalleryModel::canFetchMore(const QModelIndex& parent) const {
    return !parent.isValid() && hasMore_;
}

void GalleryModel::fetchMore(const QModelIndex& parent) {
    if (parent.isValid()) return;
    const auto more = database_.newest(page, pictures_.isEmpty() ? 0 : pictures_.last().id);
    hasMore_ = more.size() == page;
    if (more.isEmpty()) return;
    const int first = int(pictures_.size());
    beginInsertRows({}, first, first + int(more.size()) - 1);
    pictures_ += more;
    endInsertRows();
}

int GalleryModel::rowOf(PictureId id) const {
    const auto found = std::find_if(pictures_.begin(), pictures_.end(),
                                    [&](const Picture& picture) { return picture.id == id; });
    return found == pictures_.end() ? -1 : int(found - pictures_.begin());
}

void GalleryModel::insert(const Picture& picture) {
    beginInsertRows({}, 0, 0);
    pictures_.prepend(picture);
    endInsertRows();
}

/// Described anew, or back from the trash: then it goes where its number belongs.
void GalleryModel::change(const Picture& picture) {
    const int row = rowOf(picture.id);
    if (row >= 0) {
        pictures_[row] = picture;
        Q_EMIT dataChanged(index(row), index(row));
        return;
    }
    int place = 0;
    while (place < pictures_.size() && pictures_.at(place).id > picture.id) ++place;
    const bool isBelow = place == pictures_.size() && hasMore_;
    if (isBelow || !picture.program.isEmpty()) return;
    beginInsertRows({}, place, place);
    pictures_.insert(place, picture);
    endInsertRows();
}

void GalleryModel::remove(PictureId id) {
    const int row = rowOf(id);
    if (row < 0) return;
    beginRemoveRows({}, row, row);
    pictures_.removeAt(row);
    endRemoveRows();
}

void GalleryModel::repaint(const QString& path) {
    for (int row = 0; row < pictures_.size(); ++row)
        if (pictures_.at(row).path == path)
            Q_EMIT dataChanged(index(row), index(row), {Qt::DecorationRole});
}

}  // namespace gallery
