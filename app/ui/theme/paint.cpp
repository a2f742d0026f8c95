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

void paintPieces(QPainter* painter, const QRectF& rect, const Pieces& pieces, const QColor& track,
                 const QColor& fill) {
    const bool isOne = pieces.count * 8 > rect.width();
    const int count = isOne ? 1 : pieces.count;
    const qreal gap = rect.height();
    const qreal width = (rect.width() - gap * (count - 1)) / count;
    const qreal radius = rect.height() / 2;
    for (int i = 0; i < count; ++i) {
        QRectF piece(rect.x() + i * (width + gap), rect.y(), width, rect.height());
        paintBox(painter, piece, radius, track);
        const bool isCurrent = i >= pieces.done && i < pieces.done + pieces.current;
        const double share = isOne             ? pieces.total()
                             : i < pieces.done ? 1.0
                             : isCurrent       ? pieces.share
                                               : 0.0;
        piece.setWidth(width * std::clamp(share, 0.0, 1.0));
        if (piece.width() >= 1) paintBox(painter, piece, std::min(radius, piece.width() / 2), fill);
    }
}

}  // namespace ui::theme
