#include "app/ui/training/loss_plot.h"

#include "app/ui/theme/paint.h"
#include "app/ui/theme/theme.h"

#include <QPainter>

#include <algorithm>

namespace ui {
namespace {

constexpr int left = 60, right = 12, top = 12, bottom = 24;  // around the curve

QString lossText(double loss) {
    return QString::number(loss, 'f', 4);
}

}  // namespace

LossPlot::LossPlot() {
    setMinimumSize(200, 120);
    setAccessibleName(tr("Loss"));
}

void LossPlot::setCurve(const QList<LossPoint>& curve, qint64 steps) {
    curve_ = curve;
    steps_ = steps;
    if (!curve_.isEmpty()) {
        const auto [least, most] =
            std::minmax_element(curve_.begin(), curve_.end(),
                                [](const auto& a, const auto& b) { return a.loss < b.loss; });
        const double margin =
            std::max({(most->loss - least->loss) * 0.06, most->loss * 0.002, 1e-6});
        low_ = std::max(0.0, least->loss - margin);
        high_ = most->loss + margin;
    }
    const auto words =
        curve_.isEmpty()
            ? tr("No loss is known yet.")
            : tr("Loss %1 at step %2").arg(lossText(curve_.last().loss)).arg(curve_.last().step);
    setAccessibleDescription(words);
    setToolTip(words);
    update();
}

QRectF LossPlot::field() const {
    return QRectF(rect()).adjusted(left, top, -right, -bottom);
}

QPointF LossPlot::placeOf(const LossPoint& point) const {
    const auto place = field();
    const double last =
        double(std::max({steps_, curve_.isEmpty() ? 1 : curve_.last().step, qint64(1)}));
    return {place.left() + place.width() * double(point.step) / last,
            place.bottom() - place.height() * (point.loss - low_) / (high_ - low_)};
}

void LossPlot::paintScale(QPainter* painter) const {
    const auto& t = theme::of(this);
    const auto place = field();
    painter->setPen(t.line);
    painter->drawLine(place.bottomLeft(), place.bottomRight());
    painter->drawLine(place.topLeft(), place.bottomLeft());
    painter->setPen(t.text3);
    painter->setFont(theme::font(theme::Step::monoSmall));
    const auto write = [&](const QRectF& where, Qt::Alignment how, const QString& text) {
        painter->drawText(where, int(how), text);
    };
    const QRectF side(0, place.top() - 8, left - theme::s2, place.height() + 16);
    write(side, Qt::AlignRight | Qt::AlignTop, lossText(high_));
    write(side, Qt::AlignRight | Qt::AlignBottom, lossText(low_));
    const QRectF foot(place.left(), place.bottom() + 4, place.width(), 16);
    write(foot, Qt::AlignLeft | Qt::AlignTop, QStringLiteral("0"));
    write(foot, Qt::AlignRight | Qt::AlignTop,
          QString::number(std::max(steps_, curve_.last().step)));
}

void LossPlot::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const auto& t = theme::of(this);
    theme::paintBox(&painter, rect(), theme::radiusControl, t.field, t.line);
    if (curve_.isEmpty()) {
        painter.setPen(t.text3);
        painter.setFont(theme::font(theme::Step::small));
        painter.drawText(rect().adjusted(theme::s3, 0, -theme::s3, 0),
                         int(Qt::AlignCenter) | Qt::TextWordWrap,
                         tr("The loss is drawn here from the first report on."));
        return;
    }
    paintScale(&painter);
    painter.setRenderHint(QPainter::Antialiasing);
    QPolygonF line;
    for (const auto& point : curve_) line << placeOf(point);
    painter.setPen(QPen(t.accent, 1.5));
    painter.drawPolyline(line);
    painter.setPen(Qt::NoPen);
    painter.setBrush(t.accent);
    painter.drawEllipse(line.last(), 3, 3);
}

}  // namespace ui
