#pragma once

// The library's grid: any number of pictures in rows of equal cells. It knows where a cell lies
// without asking the others, so a hundred thousand pictures cost what is seen of them.

#include "app/gallery/picture_list.h"
#include "app/gallery/thumbnail_cache.h"

#include <QIdentityProxyModel>
#include <QImage>
#include <QListView>

#include <optional>

namespace ui {

/// The list with each picture's marks in words, for screen readers.
class SpokenList : public QIdentityProxyModel {
    Q_OBJECT

public:
    using QIdentityProxyModel::QIdentityProxyModel;

    QVariant data(const QModelIndex& index, int role) const override;
};

/// A picture that is not ready yet.
struct HalfMade {
    QImage preview;    ///< null before the first step
    double share = 0;  ///< of its steps
};

class PictureGrid : public QListView {
    Q_OBJECT

public:
    PictureGrid(gallery::PictureList& list, gallery::ThumbnailCache& thumbnails);

    /// Width that a cell is wished to have, 96 ... 480; the rows are filled, so it is a little more or
    /// less.
    void setCell(int width);

    int cell() const { return cell_; }

    /// Width of a cell as it is; its height follows.
    int side() const;

    int columns() const;

    /// Rows of the list that are selected, in its order.
    QList<int> selectedRows() const;
    /// Makes it the current and the only selected one.
    void choose(int row);

    /// Shows it in a cell before all others; nothing takes the cell away.
    void setHalfMade(const std::optional<HalfMade>& picture);

    const std::optional<HalfMade>& halfMade() const { return halfMade_; }

    /// Where its cell is seen.
    QRect halfMadeRect() const;

    QRect visualRect(const QModelIndex& index) const override;
    QModelIndex indexAt(const QPoint& place) const override;
    void scrollTo(const QModelIndex& index, ScrollHint hint = EnsureVisible) override;
    void doItemsLayout() override;
    /// Letters are keys of the library.
    void keyboardSearch(const QString&) override {}

Q_SIGNALS:
    void cellChanged(int width);
    void halfMadeChosen();

protected:
    QModelIndex moveCursor(CursorAction action, Qt::KeyboardModifiers modifiers) override;
    int horizontalOffset() const override { return 0; }
    int verticalOffset() const override;
    void setSelection(const QRect& place, QItemSelectionModel::SelectionFlags flags) override;
    QRegion visualRegionForSelection(const QItemSelection& selection) const override;
    void updateGeometries() override;
    void currentChanged(const QModelIndex& now, const QModelIndex& before) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void scrollContentsBy(int dx, int dy) override;
    void startDrag(Qt::DropActions actions) override;

private:
    int rowHeight() const;
    /// Cells before the list's.
    int lead() const { return halfMade_ ? 1 : 0; }

    /// Rows of the list whose cells may touch what lies between two heights of the whole.
    std::pair<int, int> rowsBetween(int top, int bottom) const;
    /// The cell's place in the whole, not in what is seen.
    QRect place(int row) const;
    void paintHalfMade(QPainter* painter);
    void paintCell(QPainter* painter, int row, const QRect& cell);
    void paintThumbnail(QPainter* painter, const gallery::Card& card, const QRect& mat);
    void paintMarks(QPainter* painter, const gallery::Card& card, const QRect& strip,
                    bool isSelected);
    void hover(int row);
    void repaintPath(const QString& path);

    gallery::PictureList& list_;
    gallery::ThumbnailCache& thumbnails_;
    std::optional<HalfMade> halfMade_;
    int cell_ = 190;
    int hovered_ = -1;
    int anchor_ = 0;        ///< where a range begins that Shift selects
    bool isRange_ = false;  ///< Shift is held for what is being done
};

}  // namespace ui
