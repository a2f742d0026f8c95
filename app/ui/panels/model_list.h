#pragma once

// The models of all folders as the list of the model card shows them: name, family, size, precision
// and whose folder, or why one can't be used.

#include "app/library/model_library.h"

#include <QAbstractListModel>
#include <QStyledItemDelegate>

namespace ui {

class ModelList : public QAbstractListModel {
    Q_OBJECT

public:
    enum Role { PathRole = Qt::UserRole, NoteRole, RefusedRole };

    explicit ModelList(library::ModelLibrary& library, QObject* parent = nullptr);

    int rowCount(const QModelIndex& parent = {}) const override;
    /// DisplayRole is the name, NoteRole the line below it, RefusedRole whether it can't be used.
    QVariant data(const QModelIndex& index, int role) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;

    /// A model that lies in no folder of the library, first in the list; empty: none.
    void setGuest(const QString& path);

    int rowOf(const QString& path) const;

private:
    QString noteOf(const library::Model& model) const;

    library::ModelLibrary& library_;
    QString guest_;
};

/// Two lines: the name, and the note in danger where the model can't be used.
class ModelRow : public QStyledItemDelegate {
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    /// Has a check mark.
    void setCurrent(const QString& path) { current_ = path; }

    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;

private:
    QString current_;
};

/// "2.0 GB", "312 MB".
QString shortBytes(qint64 bytes);

}  // namespace ui
