#pragma once

// The two strokes that every self-painted widget needs.

#include <QPainter>
#include <QString>

namespace ui::theme {

/// A rounded box with its border inside the rectangle; an invalid colour leaves a part out.
void paintBox(QPainter* painter, const QRectF& rect, qreal radius, const QColor& fill,
              const QColor& border = {}, qreal width = 1);

/// The bar of pieces: one piece per picture, filled by progress in pieces (1.5: one and a half).
void paintPieces(QPainter* painter, const QRectF& rect, int pieces, double progress,
                 const QColor& track, const QColor& fill);

}  // namespace ui::theme
