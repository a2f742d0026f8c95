#pragma once

// The program's icons: outlines from resources/icons/icons.json, painted in any colour of the theme
// at any size and pixel density.

#include "app/ui/theme/theme.h"

#include <QIcon>
#include <QPainterPath>

class QPainter;

namespace ui::theme {

/// An icon of the 24-unit grid: lines of 1.5 units and areas.
struct IconShape {
    QPainterPath stroke;
    QPainterPath fill;
};

/// Reads a path of absolute M, L, C and Z; anything else ends it there.
QPainterPath readPath(const QString& text);

/// The shape of a name; empty when there is none.
const IconShape& iconShape(const QString& name);

/// An icon that takes its colour from the theme at the moment it is painted; disabled it is
/// text-off.
QIcon icon(const QString& name, Token colour = &Theme::text2);

/// Paints the shape centred in the rectangle, as large as its shorter side.
void paintIcon(QPainter* painter, const QRectF& rect, const QString& name, const QColor& colour);

}  // namespace ui::theme
