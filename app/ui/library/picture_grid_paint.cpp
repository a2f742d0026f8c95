// What a cell of the library's grid looks like.

#include "app/ui/library/mark_words.h"
#include "app/ui/library/picture_grid.h"
#include "app/ui/theme/icons.h"
#include "app/ui/theme/paint.h"

#include <QPaintEvent>
#include <QPainter>

#include <algorithm>

namespace ui {
namespace {

constexpr int inset = 6;
constexpr int strip = 22;
/// Narrower cells have one star and its number.
constexpr int narrow = 128;
constexpr double rejectedOpacity = 0.35;

}  // namespace

void PictureGrid::paintEvent(QPaintEvent* event) {
    QPainter painter(viewport());
    const auto area = event->rect();
    const auto [first, end] = rowsBetween(area.top() + verticalOffset(), area.bottom() + verticalOffset());
    if (event->region().intersects(halfMadeRect())) paintHalfMade(&painter);
    for (int row = first; row < end; ++row) {
        const auto cell = visualRect(model()->index(row, 0));
        if (event->region().intersects(cell.adjusted(-3, -3, 3, 3))) paintCell(&painter, row, cell);
    }
}

void PictureGrid::paintCell(QPainter* painter, int row, const QRect& cell) {
    const auto& t = theme::of(this);
    const auto index = model()->index(row, 0);
    const bool isSelected = selectionModel()->isSelected(index);
    const bool isCurrent = currentIndex() == index;
    const auto card = list_.card(row);
    const QRect mat(cell.topLeft(), QSize(cell.width(), cell.width()));
    const QRect marks(cell.x(), mat.bottom() + 1, cell.width(), strip);
    if (card.id > 0) paintThumbnail(painter, card, mat.adjusted(inset, inset, -inset, -inset));
    theme::paintBox(painter, marks, theme::radiusSmall, isSelected ? t.selection : t.panel);
    if (card.id > 0) paintMarks(painter, card, marks.adjusted(6, 0, -6, 0), isSelected);
    if (isCurrent)
        theme::paintBox(painter, cell, theme::radiusControl, {}, t.accent, 2);
    else if (isSelected)
        theme::paintBox(painter, cell, theme::radiusControl, {}, t.accent, 1);
    else if (row == hovered_)
        theme::paintBox(painter, cell, theme::radiusControl, {}, t.lineStrong, 1);
}

void PictureGrid::paintHalfMade(QPainter* painter) {
    const auto& t = theme::of(this);
    const auto cell = halfMadeRect();
    const QRect mat = QRect(cell.topLeft(), QSize(cell.width(), cell.width()))
                          .adjusted(inset, inset, -inset, -inset);
    const QRect bar(cell.x(), cell.bottom() + 1 - strip, cell.width(), strip);
    if (halfMade_->preview.isNull()) {
        theme::paintIcon(painter, QRect(mat.center() - QPoint(12, 12), QSize(24, 24)),
                         QStringLiteral("generate"), t.text2);
    } else {
        const QSize size = halfMade_->preview.size().scaled(mat.size(), Qt::KeepAspectRatio);
        painter->setRenderHint(QPainter::SmoothPixmapTransform);
        const QPoint corner(mat.x() + (mat.width() - size.width()) / 2,
                            mat.y() + (mat.height() - size.height()) / 2);
        painter->drawImage(QRect(corner, size), halfMade_->preview);
    }
    theme::paintBox(painter, bar, theme::radiusSmall, t.panel);
    const QRectF place(bar.x() + 8, bar.center().y() - 1, bar.width() - 16, 4);
    theme::paintPieces(painter, place, {1, 0, 1, halfMade_->share}, theme::trackOf(t), t.accent);
}

void PictureGrid::paintThumbnail(QPainter* painter, const gallery::Card& card, const QRect& mat) {
    const auto& t = theme::of(this);
    const bool isMissing = card.state == gallery::FileState::missing;
    const bool isBroken =
        card.state == gallery::FileState::unreadable || thumbnails_.isUnreadable(card.path);
    if (isMissing || isBroken) {
        const QRect icon(mat.center() - QPoint(12, 24), QSize(24, 24));
        theme::paintIcon(painter, icon, QStringLiteral("warning"), t.text2);
        painter->setPen(t.text2);
        painter->setFont(theme::font(theme::Step::small));
        painter->drawText(QRect(mat.x(), icon.bottom() + 6, mat.width(), 20), Qt::AlignHCenter,
                          isMissing ? tr("file moved") : tr("can't be read"));
        return;
    }
    const auto image = thumbnails_.find(card.path);
    if (image.isNull()) {
        theme::paintIcon(painter, QRect(mat.center() - QPoint(12, 12), QSize(24, 24)),
                         QStringLiteral("image"), t.text2);
        return;
    }
    const double ratio = devicePixelRatioF();
    const QSize box = (QSizeF(mat.size()) * ratio).toSize();
    // As large as it is unless the cell is larger; then both sides grow alike.
    const QSize size = image.size().scaled(box, Qt::KeepAspectRatio);
    const QSizeF shown = QSizeF(size) / ratio;
    const QRectF target(mat.x() + int((mat.width() - shown.width()) / 2),
                        mat.y() + int((mat.height() - shown.height()) / 2), shown.width(),
                        shown.height());
    if (card.marks.pick == gallery::Pick::rejected) painter->setOpacity(rejectedOpacity);
    painter->setRenderHint(QPainter::SmoothPixmapTransform, size != image.size());
    painter->drawImage(target, image);
    painter->setOpacity(1);
}

void PictureGrid::paintMarks(QPainter* painter, const gallery::Card& card, const QRect& place,
                             bool isSelected) {
    const auto& t = theme::of(this);
    int left = place.x();
    const int middle = place.center().y() + 1;
    const auto put = [&](const QString& name, const QColor& colour) {
        theme::paintIcon(painter, QRect(left, middle - 7, 14, 14), name, colour);
        left += 18;
    };
    if (card.marks.pick == gallery::Pick::picked) put(QStringLiteral("pick"), t.text);
    if (card.marks.pick == gallery::Pick::rejected) put(QStringLiteral("reject"), t.danger);
    if (card.marks.rating > 0 && side() >= narrow) {
        paintStars(painter, QRect(left, middle - 6, 12, 12), card.marks.rating, t);
    } else if (card.marks.rating > 0) {
        paintStars(painter, QRect(left, middle - 6, 12, 12), 1, t);
        painter->setPen(isSelected ? t.text : t.text2);
        painter->setFont(theme::font(theme::Step::caption));
        painter->drawText(QRect(left + 15, place.y(), 20, place.height()), Qt::AlignVCenter,
                          QString::number(card.marks.rating));
    }
    int right = place.right() + 1;
    if (card.marks.label > 0) {
        right -= 10;
        paintLabel(painter, QRect(right, middle - 5, 10, 10), card.marks.label, t);
        right -= 6;
    }
    for (const auto& [is, name] :
         {std::pair{card.isForeign, "report"}, std::pair{card.hasLora, "lora"}}) {
        if (!is) continue;
        right -= 14;
        theme::paintIcon(painter, QRect(right, middle - 7, 14, 14), QLatin1String(name),
                         isSelected ? t.text2 : t.text3);
        right -= 4;
    }
}

}  // namespace ui
