#include "app/ui/panels/sigma_plot.h"

#include "app/ui/theme/paint.h"
#include "app/ui/theme/theme.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace ui {
namespace {

constexpr double margin = 8;
constexpr int mostDots = 80;  // more would be a thick line

/// Logarithmic, but finite for the last level, which is 0.
double heightOf(double sigma, double highest) {
    return std::log1p(8 * std::max(0.0, sigma)) / std::log1p(8 * highest);
}

QString levelText(double sigma) {
    return QString::number(sigma, 'f', sigma < 10 ? 2 : 1);
}

}  // namespace

SigmaPlot::SigmaPlot() {
    setFixedHeight(56);
    setAccessibleName(tr("Noise levels"));
}

void SigmaPlot::setSigmas(const std::vector<double>& sigmas) {
    sigmas_ = sigmas;
    QStringList texts;
    for (const double sigma : sigmas_) texts << levelText(sigma);
    const QString all = texts.join(QStringLiteral(", "));
    setToolTip(all.isEmpty() ? QString()
                             : tr("Noise level at each step (sigma): %1").arg(all));
    setAccessibleDescription(all);
    update();
}

QPointF SigmaPlot::placeOf(int step) const {
    const double highest = *std::max_element(sigmas_.begin(), sigmas_.end());
    const double wide = width() - 2 * margin, high = height() - 2 * margin;
    const double share = sigmas_.size() < 2 ? 0 : double(step) / double(sigmas_.size() - 1);
    return {margin + wide * share,
            height() - margin - high * heightOf(sigmas_[std::size_t(step)], highest)};
}

void SigmaPlot::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const auto& t = theme::of(this);
    theme::paintBox(&painter, rect(), theme::radiusControl, t.field, t.line);
    if (sigmas_.size() < 2 || sigmas_.front() <= 0) return;
    painter.setRenderHint(QPainter::Antialiasing);
    QPolygonF line;
    for (int step = 0; step < int(sigmas_.size()); ++step) line << placeOf(step);
    painter.setPen(QPen(t.lineStrong, 1));
    painter.drawPolyline(line);
    if (line.size() <= mostDots) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(t.accent);
        for (const auto& place : line) painter.drawEllipse(place, 2, 2);
    }
    painter.setPen(t.text3);
    painter.setFont(theme::font(theme::Step::monoSmall));
    const auto last = sigmas_.back() > 0 ? sigmas_.back() : sigmas_[sigmas_.size() - 2];
    // The corner that no falling curve comes near.
    painter.drawText(rect().adjusted(8, 0, 0, -5), Qt::AlignBottom | Qt::AlignLeft,
                     QStringLiteral("σ %1 – %2").arg(levelText(sigmas_.front()), levelText(last)));
}

}  // namespace ui
