#pragma once

// Marks as people read and see them.

#include "app/gallery/card.h"
#include "app/ui/theme/theme.h"

#include <QRect>
#include <QString>

class QPainter;

namespace ui {

/// "Red" for 1; empty for 0.
QString labelName(int label);
theme::Token labelColour(int label);

/// "4 stars, picked, green": for screen readers; empty without marks.
QString spokenMarks(const gallery::Marks& marks);

/// Prompt or file name, marks and state in one sentence.
QString spokenCard(const gallery::Card& card);

/// A square of the label's colour; on light grounds with an outline.
void paintLabel(QPainter* painter, const QRect& place, int label, const theme::Theme& theme);

/// So many stars from the left end of the place, as high as it.
void paintStars(QPainter* painter, const QRect& place, int count, const theme::Theme& theme);

}  // namespace ui
