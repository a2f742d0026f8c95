#pragma once

// A list that drops down from a button, with a field that narrows it: for lists that are too long
// for a menu.

#include <QFrame>

class QAbstractItemDelegate;
class QAbstractItemModel;
class QLineEdit;
class QListView;
class QModelIndex;
class QSortFilterProxyModel;
class QVBoxLayout;

namespace ui {

class ChoicePopup : public QFrame {
    Q_OBJECT

public:
    /// The model stays the caller's; rows are searched by their text.
    ChoicePopup(QAbstractItemModel* model, const QString& name, QWidget* parent);

    QListView* list() const { return list_; }

    QLineEdit* search() const { return search_; }

    /// Of the caller's model; invalid where none is marked.
    QModelIndex current() const;

    /// Below the list.
    void addFoot(QWidget* widget);

    /// Below the widget, as wide as it or wider.
    void openBelow(const QWidget* widget, int narrowest);

Q_SIGNALS:
    /// Of the caller's model.
    void chosen(const QModelIndex& index);
    /// Another row is marked.
    void currentChanged();
    /// Del was pressed in the list.
    void removalAsked();

protected:
    bool eventFilter(QObject* object, QEvent* event) override;

private:
    void choose(const QModelIndex& shown);

    QSortFilterProxyModel* shown_;
    QLineEdit* search_;
    QListView* list_;
    QVBoxLayout* rows_;
};

}  // namespace ui
