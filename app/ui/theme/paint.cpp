#include "app/ui/theme/paint.h"

#include <algorithm>

namespace ui::theme {

void paintBox(QPainter* painter, const QRectF& rect, qreal radius, const QColor& fill,
              const QColor& border, qreal width) {
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const bool hasBorder = border.isValid();
    const qreal inset = hasBorder ? width / 2 : 0;
    painter->setPen(hasBorder ? QPen(border, width) : QPen(Qt::NoPen));
    painter->setBrush(fill.isValid() ? QBrush(fill) : QBrush(Qt::NoBrush));
    const auto box = rect.adjusted(inset, inset, -inset, -inset);
    painter->drawRoundedRect(box, radius - inset, radius - inset);
    painter->restore();
}

void paintPieces(QPainter* painter, const QRectF& rect, int pieces, double progress,
                 const QColor& track, const QColor& fill) {
    // More pieces than fit with a gap become one bar.
    const int count = pieces * 8 > rect.width() ? 1 : std::max(1, pieces);
    const double filled = count == 1 ? progress / std::max(1, pieces) : progress;
    const qreal gap = rect.height();
    const qreal width = (rect.width() - gap * (count - 1)) / count;
    const qreal radius = rect.height() / 2;
    for (int i = 0; i < count; ++i) {
        QRectF piece(rect.x() + i * (width + gap), rect.y(), width, rect.height());
        paintBox(painter, piece, radius, track);
        piece.setWidth(width * std::clamp(filled - i, 0.0, 1.0));
        if (piece.width() >= 1) paintBox(painter, piece, std::min(radius, piece.width() / 2), fill);
    }
}

}  // namespace ui::theme
