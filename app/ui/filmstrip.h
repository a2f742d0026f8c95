#pragma once

// The newest pictures below the stage: one press enlarges, two recall the settings.

#include "app/ui/actions.h"
#include "app/ui/workbench.h"

#include <QListView>
#include <QStyledItemDelegate>
#include <QWidget>

class QLabel;

namespace ui {

/// Width and height of a cell and of the mat in it.
inline constexpr QSize cellSize{92, 102};
inline constexpr int matHeight = 80;

/// Paints a thumbnail: mat, picture, strip of marks; the current one has a ring.
class ThumbnailDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
};

/// The picture in the making, before the finished ones.
class MakingCell : public QWidget {
    Q_OBJECT

public:
    explicit MakingCell(Workbench& bench);
    void setCurrent(bool isCurrent);

Q_SIGNALS:
    void pressed();

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;

private:
    Workbench& bench_;
    bool isCurrent_ = false;
};

/// One row of cells; the wheel moves it sideways.
class CellRow : public QListView {
    Q_OBJECT

public:
    CellRow();

protected:
    void wheelEvent(QWheelEvent* event) override;
};

class Filmstrip : public QWidget {
    Q_OBJECT

public:
    Filmstrip(Workbench& bench, const Actions& actions);

    QListView* list() const { return list_; }

    MakingCell* making() const { return making_; }

    /// Moves by rows: 1 to the next older picture.
    void step(int rows);
    /// Marks the picture of the running job, or none.
    void setFollowing(bool isFollowing);

Q_SIGNALS:
    void chosen(const gallery::Picture& picture);
    void recalled(const gallery::Picture& picture);
    void runChosen();

private:
    void refresh();
    void openMenu(const QPoint& place);

    Workbench& bench_;
    const Actions& actions_;
    CellRow* list_;
    MakingCell* making_;
    QLabel* count_;
    QLabel* empty_;
};

}  // namespace ui
