#include "app/ui/training/picture_list.h"

#include "app/ui/sentences.h"
#include "app/ui/theme/icons.h"
#include "app/ui/theme/paint.h"
#include "app/ui/training/row_ground.h"

#include <QFileInfo>
#include <QPainter>

#include <algorithm>

namespace ui {
namespace {

constexpr int rowHeight = 68;
constexpr int edge = 56;

}  // namespace

PictureListModel::PictureListModel(QObject* parent)
    : QAbstractListModel(parent), thumbnails_(2 * edge) {
    connect(&thumbnails_, &gallery::ThumbnailCache::ready, this,
            [this](const QString& path, const QImage& image) {
                const int row = rowOf(path);
                if (row < 0) return;
                if (image.isNull()) Q_EMIT unreadable(path);
                Q_EMIT dataChanged(index(row), index(row));
            });
}

void PictureListModel::setFolder(const CaptionFolder& folder) {
    beginResetModel();
    // Files may be other ones by now.
    for (const auto& picture : folder_.pictures) thumbnails_.forget(picture.path);
    broken_.clear();
    folder_ = folder;
    endResetModel();
    Q_EMIT counted();
}

int PictureListModel::usable() const {
    return int(std::count_if(folder_.pictures.begin(), folder_.pictures.end(),
                             [this](const auto& picture) { return troubleOf(picture).isEmpty(); }));
}

int PictureListModel::broken() const {
    return int(std::count_if(folder_.pictures.begin(), folder_.pictures.end(),
                             [this](const auto& picture) {
                                 return !picture.isThere || broken_.contains(picture.path);
                             }));
}

void PictureListModel::setCaption(const QString& path, const QString& caption) {
    const int row = rowOf(path);
    if (row < 0) return;
    auto& picture = folder_.pictures[row];
    picture.caption = caption.isEmpty() ? picture.listed : caption;
    Q_EMIT dataChanged(index(row), index(row));
    Q_EMIT counted();
}

void PictureListModel::setBroken(const QString& path, const QString& reason) {
    const int row = rowOf(path);
    if (row < 0) return;
    broken_[path] = reason;
    Q_EMIT dataChanged(index(row), index(row));
    Q_EMIT counted();
}

int PictureListModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(folder_.pictures.size());
}

int PictureListModel::rowOf(const QString& path) const {
    for (int row = 0; row < int(folder_.pictures.size()); ++row)
        if (folder_.pictures[row].path == path) return row;
    return -1;
}

QString PictureListModel::troubleOf(const CaptionedPicture& picture) const {
    if (!picture.isThere) return tr("The file is not there, so it is left out.");
    if (const auto reason = broken_.find(picture.path); reason != broken_.end())
        return tr("Left out: %1").arg(inWindowLanguage(*reason));
    if (picture.caption.isEmpty()) return tr("No caption, so it is left out.");
    return {};
}

QVariant PictureListModel::data(const QModelIndex& index, int role) const {
    const auto& picture = folder_.pictures.at(index.row());
    switch (role) {
        case Qt::DisplayRole:
            return QFileInfo(picture.path).fileName();
        case Qt::DecorationRole:
            return picture.isThere ? thumbnails_.find(picture.path) : QImage();
        case PathRole:
            return picture.path;
        case CaptionRole:
            return picture.caption;
        case TroubleRole:
            return troubleOf(picture);
        case Qt::ToolTipRole:
        case Qt::AccessibleDescriptionRole: {
            const auto trouble = troubleOf(picture);
            return trouble.isEmpty() ? picture.caption : trouble;
        }
        default:
            return {};
    }
}

QSize PictureRow::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const {
    return {240, rowHeight};
}

void PictureRow::paint(QPainter* painter, const QStyleOptionViewItem& option,
                       const QModelIndex& index) const {
    const auto& t = theme::of(option.widget);
    const bool isLit = paintRowGround(painter, option);
    const QRect mat(option.rect.x() + theme::s2, option.rect.y() + (rowHeight - edge) / 2, edge,
                    edge);
    theme::paintBox(painter, mat, theme::radiusSmall, t.stage);
    const auto image = index.data(Qt::DecorationRole).value<QImage>();
    const auto trouble = index.data(PictureListModel::TroubleRole).toString();
    if (image.isNull()) {
        theme::paintIcon(painter, mat.adjusted(18, 18, -18, -18),
                         trouble.isEmpty() ? QStringLiteral("image") : QStringLiteral("warning"),
                         t.text2);
    } else {
        QRect place({0, 0}, image.size().scaled(edge - 4, edge - 4, Qt::KeepAspectRatio));
        place.moveCenter(mat.center());
        painter->setRenderHint(QPainter::SmoothPixmapTransform);
        painter->drawImage(place, image);
    }
    const int left = mat.right() + theme::s3;
    const QRect text(left, option.rect.y() + 8, option.rect.right() - left - theme::s3, 18);
    painter->setFont(theme::font(theme::Step::strong));
    painter->setPen(t.text);
    painter->drawText(
        text, Qt::AlignVCenter,
        painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideMiddle, text.width()));
    painter->setFont(theme::font(theme::Step::small));
    painter->setPen(!trouble.isEmpty() ? t.danger : isLit ? t.text2 : t.text3);
    const auto words =
        trouble.isEmpty() ? index.data(PictureListModel::CaptionRole).toString() : trouble;
    const QRect lines = QRect(text.x(), text.bottom() + 2, text.width(), 34);
    const auto two = painter->fontMetrics().elidedText(words.simplified(), Qt::ElideRight,
                                                       2 * lines.width() - 48);
    painter->drawText(lines, int(Qt::AlignLeft | Qt::AlignTop) | Qt::TextWordWrap, two);
}

}  // namespace ui
