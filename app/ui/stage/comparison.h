#pragma once

// Two pictures in one view: how they share it, and the marks that say which is which.

#include "app/ui/theme/theme.h"

#include <QRectF>
#include <QString>

class QPainter;

namespace ui {

/// none: one picture. slider: the first left of a line, the second right of it. side: beside each
/// other, moved and enlarged together. hover: the second, and the first while the pointer is on it or
/// Space is held.
enum class Compare { none, slider, side, hover };

/// A letter and a name on a dark ground in an upper corner of the place.
void paintTag(QPainter* painter, const QRectF& place, const QString& letter, const QString& name,
              Qt::Alignment corner, const theme::Theme& theme);

/// The line with its knob; x is where it stands, the place what it divides.
void paintDivider(QPainter* painter, const QRectF& place, double x, const theme::Theme& theme);

}  // namespace ui
