#include "app/ui/stage/comparison.h"

#include "app/ui/theme/icons.h"
#include "app/ui/theme/paint.h"

#include <QPainter>

#include <algorithm>

namespace ui {
namespace {

constexpr int tagHeight = 22;
constexpr int knob = 24;
constexpr double tagOpacity = 0.72;

}  // namespace

void paintTag(QPainter* painter, const QRectF& place, const QString& letter, const QString& name,
              Qt::Alignment corner, const theme::Theme& theme) {
    painter->save();
    painter->setFont(theme::font(theme::Step::label));
    const auto metrics = painter->fontMetrics();
    const int most = std::max(40, int(place.width() / 2) - 2 * theme::s4);
    const QString text =
        metrics.elidedText(letter + QStringLiteral("  ") + name, Qt::ElideMiddle, most);
    const int width = metrics.horizontalAdvance(text) + 2 * theme::s2;
    const double left = corner.testFlag(Qt::AlignRight) ? place.right() - width - theme::s2
                                                        : place.left() + theme::s2;
    const QRectF box(left, place.top() + theme::s2, width, tagHeight);
    painter->setOpacity(tagOpacity);
    theme::paintBox(painter, box, theme::radiusSmall, theme.scrim);
    painter->setOpacity(1);
    painter->setPen(theme.onScrim);
    painter->drawText(box, Qt::AlignCenter, text);
    painter->restore();
}

void paintDivider(QPainter* painter, const QRectF& place, double x, const theme::Theme& theme) {
    painter->save();
    painter->fillRect(QRectF(x - 2, place.top(), 4, place.height()), theme.scrim);
    painter->fillRect(QRectF(x - 1, place.top(), 2, place.height()), theme.onScrim);
    const QRectF circle(x - knob / 2.0, place.center().y() - knob / 2.0, knob, knob);
    theme::paintBox(painter, circle, knob / 2.0, theme.onScrim, theme.scrim);
    theme::paintIcon(painter, circle.adjusted(1, 6, -11, -6), QStringLiteral("chevron-left"),
                     theme.scrim);
    theme::paintIcon(painter, circle.adjusted(11, 6, -1, -6), QStringLiteral("chevron-right"),
                     theme.scrim);
    painter->restore();
}

}  // namespace ui
