#include "app/ui/library/picture_grid.h"

#include "app/ui/library/mark_words.h"
#include "app/ui/theme/theme.h"

#include <QDrag>
#include <QKeyEvent>
#include <QMimeData>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>
#include <QUrl>

#include <algorithm>
#include <cmath>
#include <utility>

namespace ui {
namespace {

constexpr int margin = 16;
constexpr int gap = 12;
constexpr int stripHeight = 22;
constexpr int narrowest = 96;
constexpr int widest = 480;
/// A drag takes no more files than people mean to.
constexpr int mostDragged = 500;

}  // namespace

QVariant SpokenList::data(const QModelIndex& index, int role) const {
    if (role == Qt::AccessibleTextRole)
        return spokenCard(
            sourceModel()
                ->data(mapToSource(index), gallery::PictureList::CardRole)
                .value<gallery::Card>());
    return QIdentityProxyModel::data(index, role);
}

PictureGrid::PictureGrid(gallery::PictureList& list, gallery::ThumbnailCache& thumbnails)
    : list_(list), thumbnails_(thumbnails) {
    auto* spoken = new SpokenList(this);
    spoken->setSourceModel(&list_);
    setModel(spoken);
    setAccessibleName(tr("Pictures"));
    setSelectionMode(ExtendedSelection);
    setEditTriggers(NoEditTriggers);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn);
    setFrameShape(NoFrame);
    setDragEnabled(true);
    setMouseTracking(true);
    theme::setGround(this, theme::Ground::stage);
    theme::setGround(viewport(), theme::Ground::stage);
    connect(&thumbnails_, &gallery::ThumbnailCache::ready, this, &PictureGrid::repaintPath);
    setCell(cell_);
}

void PictureGrid::setCell(int width) {
    const auto centre = indexAt(viewport()->rect().center());
    cell_ = std::clamp(width, narrowest, widest);
    updateGeometries();
    if (currentIndex().isValid())
        scrollTo(currentIndex());
    else if (centre.isValid())
        scrollTo(centre, PositionAtCenter);
    viewport()->update();
    Q_EMIT cellChanged(cell_);
}

int PictureGrid::columns() const {
    const double room = viewport()->width() - 2 * margin + gap;
    return std::max(1, int(std::lround(room / (cell_ + gap))));
}

int PictureGrid::side() const {
    const int count = columns();
    return std::max(narrowest / 2, (viewport()->width() - 2 * margin - (count - 1) * gap) / count);
}

int PictureGrid::rowHeight() const {
    return side() + stripHeight + gap;
}

QRect PictureGrid::place(int row) const {
    const int count = columns();
    const int slot = row + lead();
    return {margin + slot % count * (side() + gap), margin + slot / count * rowHeight(), side(),
            side() + stripHeight};
}

std::pair<int, int> PictureGrid::rowsBetween(int top, int bottom) const {
    const int first = std::max(0, (top - margin) / rowHeight()) * columns() - lead();
    const int end = (std::max(-1, (bottom - margin) / rowHeight()) + 1) * columns() - lead();
    return {std::max(0, first), std::min(list_.rowCount(), end)};
}

void PictureGrid::setHalfMade(const std::optional<HalfMade>& picture) {
    const bool isOther = picture.has_value() != halfMade_.has_value();
    halfMade_ = picture;
    if (!isOther) return viewport()->update(halfMadeRect());
    setAccessibleDescription(picture ? tr("A picture is in the making.") : QString());
    updateGeometries();
    viewport()->update();
}

QRect PictureGrid::halfMadeRect() const {
    return halfMade_ ? place(-1).translated(0, -verticalOffset()) : QRect();
}

QRect PictureGrid::visualRect(const QModelIndex& index) const {
    if (!index.isValid()) return {};
    return place(index.row()).translated(0, -verticalOffset());
}

QModelIndex PictureGrid::indexAt(const QPoint& at) const {
    const int y = at.y() + verticalOffset() - margin;
    if (y < 0) return {};
    const auto [first, end] = rowsBetween(y + margin, y + margin);
    for (int row = first; row < end; ++row)
        if (place(row).translated(0, -verticalOffset()).contains(at)) return model()->index(row, 0);
    return {};
}

void PictureGrid::scrollTo(const QModelIndex& index, ScrollHint hint) {
    if (!index.isValid()) return;
    executeDelayedItemsLayout();
    const auto cell = visualRect(index).adjusted(0, -gap, 0, gap);
    const int height = viewport()->height();
    int move = 0;
    if (hint == PositionAtCenter) {
        move = cell.center().y() - height / 2;
    } else if (hint == PositionAtTop || cell.top() < 0) {
        move = cell.top();
    } else if (hint == PositionAtBottom || cell.bottom() > height) {
        move = cell.bottom() - height;
    }
    if (move != 0) verticalScrollBar()->setValue(verticalOffset() + move);
}

QModelIndex PictureGrid::moveCursor(CursorAction action, Qt::KeyboardModifiers) {
    const int count = list_.rowCount();
    if (count == 0) return {};
    if (!currentIndex().isValid()) return model()->index(0, 0);
    const int row = currentIndex().row();
    const int page = std::max(1, viewport()->height() / rowHeight()) * columns();
    const auto to = [&](int wanted) { return model()->index(std::clamp(wanted, 0, count - 1), 0); };
    // The last row may have no cell above or below.
    const auto down = [&](int wanted) {
        const bool hasBelow = (row + lead()) / columns() < (count - 1 + lead()) / columns();
        return wanted < count || hasBelow ? to(wanted) : to(row);
    };
    switch (action) {
        case MoveLeft:
        case MovePrevious:
            return to(row - 1);
        case MoveRight:
        case MoveNext:
            return to(row + 1);
        case MoveUp:
            return row >= columns() ? to(row - columns()) : to(row);
        case MoveDown:
            return down(row + columns());
        case MovePageUp:
            return to(std::max(row - page, row % columns()));
        case MovePageDown:
            return down(row + page);
        case MoveHome:
            return to(0);
        case MoveEnd:
            return to(count - 1);
    }
    return {};
}

int PictureGrid::verticalOffset() const {
    return verticalScrollBar()->value();
}

void PictureGrid::setSelection(const QRect& at, QItemSelectionModel::SelectionFlags flags) {
    QItemSelection chosen;
    if (isRange_ && currentIndex().isValid()) {
        // In the order of the list, as in file managers; a dragged frame takes what it touches.
        const int end = currentIndex().row();
        const int start = std::clamp(anchor_, 0, list_.rowCount() - 1);
        chosen.select(model()->index(std::min(start, end), 0), model()->index(std::max(start, end), 0));
        return selectionModel()->select(chosen, flags);
    }
    const auto whole = at.normalized().translated(0, verticalOffset());
    const auto [first, end] = rowsBetween(whole.top(), whole.bottom());
    for (int row = first; row < end; ++row) {
        if (!place(row).intersects(whole)) continue;
        const auto index = model()->index(row, 0);
        chosen.select(index, index);
    }
    selectionModel()->select(chosen, flags);
}

void PictureGrid::currentChanged(const QModelIndex& now, const QModelIndex& before) {
    if (!isRange_ && now.isValid()) anchor_ = now.row();
    QListView::currentChanged(now, before);
    viewport()->update();
}

void PictureGrid::keyPressEvent(QKeyEvent* event) {
    isRange_ = event->modifiers().testFlag(Qt::ShiftModifier);
    QListView::keyPressEvent(event);
    isRange_ = false;
}

void PictureGrid::mousePressEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton && halfMadeRect().contains(event->position().toPoint()))
        return Q_EMIT halfMadeChosen();
    isRange_ = event->modifiers().testFlag(Qt::ShiftModifier);
    QListView::mousePressEvent(event);
    isRange_ = false;
}

QRegion PictureGrid::visualRegionForSelection(const QItemSelection& selection) const {
    // Whatever changes may be anywhere in view; cells are cheap to paint.
    return selection.isEmpty() ? QRegion() : QRegion(viewport()->rect());
}

void PictureGrid::doItemsLayout() {
    updateGeometries();
    viewport()->update();
    QAbstractItemView::doItemsLayout();
}

void PictureGrid::updateGeometries() {
    thumbnails_.setBox(int((side() - 12) * devicePixelRatioF()));
    const int rows = (list_.rowCount() + lead() + columns() - 1) / columns();
    const int height = rows * rowHeight() + 2 * margin - gap;
    verticalScrollBar()->setPageStep(viewport()->height());
    verticalScrollBar()->setSingleStep(std::max(20, rowHeight() / 3));
    verticalScrollBar()->setRange(0, std::max(0, height - viewport()->height()));
    QAbstractItemView::updateGeometries();
}

void PictureGrid::resizeEvent(QResizeEvent* event) {
    const auto first = indexAt({viewport()->width() / 2, margin + side() / 2});
    QAbstractItemView::resizeEvent(event);
    updateGeometries();
    if (first.isValid() && event->oldSize().width() != event->size().width())
        scrollTo(currentIndex().isValid() ? currentIndex() : first);
}

void PictureGrid::wheelEvent(QWheelEvent* event) {
    if (!event->modifiers().testFlag(Qt::ControlModifier))
        return QAbstractItemView::wheelEvent(event);
    setCell(cell_ + event->angleDelta().y() / 8);
    event->accept();
}

void PictureGrid::mouseMoveEvent(QMouseEvent* event) {
    QAbstractItemView::mouseMoveEvent(event);
    const auto index = indexAt(event->position().toPoint());
    hover(index.isValid() ? index.row() : -1);
}

void PictureGrid::leaveEvent(QEvent* event) {
    QAbstractItemView::leaveEvent(event);
    hover(-1);
}

void PictureGrid::hover(int row) {
    if (row == hovered_) return;
    for (const int each : {hovered_, row})
        if (each >= 0) viewport()->update(visualRect(model()->index(each, 0)));
    hovered_ = row;
}

void PictureGrid::scrollContentsBy(int, int dy) {
    viewport()->scroll(0, dy);
}

void PictureGrid::startDrag(Qt::DropActions) {
    QList<QUrl> urls;
    for (const int row : selectedRows()) {
        const auto path = list_.card(row).path;
        if (!path.isEmpty()) urls << QUrl::fromLocalFile(path);
        if (urls.size() == mostDragged) break;
    }
    if (urls.isEmpty()) return;
    auto* drag = new QDrag(this);
    auto* files = new QMimeData;
    files->setUrls(urls);
    drag->setMimeData(files);
    drag->exec(Qt::CopyAction);
}

QList<int> PictureGrid::selectedRows() const {
    QList<int> rows;
    for (const auto& range : selectionModel()->selection())
        for (int row = range.top(); row <= range.bottom(); ++row) rows << row;
    std::sort(rows.begin(), rows.end());
    return rows;
}

void PictureGrid::choose(int row) {
    const auto index = model()->index(row, 0);
    if (!index.isValid()) return;
    selectionModel()->setCurrentIndex(index, QItemSelectionModel::ClearAndSelect);
    scrollTo(index);
}

void PictureGrid::repaintPath(const QString& path) {
    const auto [first, end] = rowsBetween(verticalOffset(), verticalOffset() + viewport()->height());
    for (int row = first; row < end; ++row)
        if (list_.card(row).path == path) viewport()->update(visualRect(model()->index(row, 0)));
}

}  // namespace ui
