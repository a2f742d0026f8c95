#pragma once

// The two strokes that every self-painted widget needs.

#include <QPainter>
#include <QString>

namespace ui::theme {

/// A rounded box with its border inside the rectangle; an invalid colour leaves a part out.
void paintBox(QPainter* painter, const QRectF& rect, qreal radius, const QColor& fill,
              const QColor& border = {}, qreal width = 1);

/// Progress of several pictures: `done` ones are full, the next `current` ones fill together.
struct Pieces {
    int count = 1;
    int done = 0;
    int current = 1;
    double share = 0;  ///< 0 ... 1, of the current ones

    double total() const { return (done + current * share) / count; }
};

/// The bar of pieces, one per picture; a single bar when they would be too small to tell apart.
void paintPieces(QPainter* painter, const QRectF& rect, const Pieces& pieces, const QColor& track,
                 const QColor& fill);

}  // namespace ui::theme
