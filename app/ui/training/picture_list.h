#pragma once

// The pictures of a folder that a model shall learn from: thumbnail, name and caption in rows.

#include "app/gallery/thumbnail_cache.h"
#include "app/ui/training/caption_folder.h"

#include <QAbstractListModel>
#include <QHash>
#include <QStyledItemDelegate>

namespace ui {

class PictureListModel : public QAbstractListModel {
    Q_OBJECT

public:
    /// CaptionRole: what is learnt of it; TroubleRole: why nothing is, or empty.
    enum Role { PathRole = Qt::UserRole, CaptionRole, TroubleRole };

    explicit PictureListModel(QObject* parent = nullptr);

    void setFolder(const CaptionFolder& folder);

    const CaptionFolder& folder() const { return folder_; }

    /// Pictures that can be learnt from, as far as is known.
    int usable() const;
    int broken() const;

    void setCaption(const QString& path, const QString& caption);
    /// As a sentence of the program's.
    void setBroken(const QString& path, const QString& reason);

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

    int rowOf(const QString& path) const;

Q_SIGNALS:
    /// It can't be shown; somebody shall find out why.
    void unreadable(const QString& path);
    void counted();

private:
    QString troubleOf(const CaptionedPicture& picture) const;

    CaptionFolder folder_;
    QHash<QString, QString> broken_;  ///< why, by path
    mutable gallery::ThumbnailCache thumbnails_;
};

/// Thumbnail at the left, the name and what it shows beside it.
class PictureRow : public QStyledItemDelegate {
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
};

}  // namespace ui
