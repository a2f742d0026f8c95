#include "app/ui/stage/viewport.h"

#include "app/ui/theme/theme.h"

#include <algorithm>
#include <cmath>

namespace ui {
namespace {

constexpr double smallestZoom = 0.05;
constexpr double largestZoom = 16;
constexpr double largestFit = 3;
constexpr int margin = theme::s6;

}  // namespace

void Viewport::setRoom(const QSizeF& room, double ratio) {
    room_ = room;
    ratio_ = ratio;
}

void Viewport::setContent(const QSize& content) {
    if (content == content_) return;
    content_ = content;
    centre_ = QPointF(content.width() / 2.0, content.height() / 2.0);
}

void Viewport::fit() {
    isFitted_ = true;
    centre_ = QPointF(content_.width() / 2.0, content_.height() / 2.0);
}

double Viewport::zoom() const {
    if (!isFitted_) return zoom_;
    if (content_.isEmpty()) return 1;
    const double room = std::min((room_.width() - 2 * margin) / content_.width(),
                                 (room_.height() - margin - theme::s2) / content_.height());
    // Shown at its own size or larger, or as large as fits.
    return std::clamp(room * ratio_, smallestZoom, largestFit);
}

QRectF Viewport::shownRect() const {
    if (content_.isEmpty()) return {};
    const double scale = zoom() / ratio_;
    const QSizeF size(content_.width() * scale, content_.height() * scale);
    if (isFitted_) {
        return {std::round((room_.width() - size.width()) / 2),
                std::round(std::max(double(margin) / 2, (room_.height() - size.height()) / 2)),
                size.width(), size.height()};
    }
    return {std::round(room_.width() / 2.0 - centre_.x() * scale),
            std::round(room_.height() / 2.0 - centre_.y() * scale), size.width(), size.height()};
}

void Viewport::zoomAt(const QPointF& place, double zoom) {
    if (content_.isEmpty()) return;
    const QRectF before = shownRect();
    const double oldScale = before.width() / content_.width();
    const QPointF point = (place - before.topLeft()) / oldScale;
    zoom_ = std::clamp(zoom, smallestZoom, largestZoom);
    isFitted_ = false;
    const double scale = zoom_ / ratio_;
    centre_ = point - (place - QPointF(room_.width() / 2.0, room_.height() / 2.0)) / scale;
    bound();
}

void Viewport::moveBy(const QPointF& distance) {
    if (isFitted_) return;
    centre_ -= distance * ratio_ / zoom_;
    bound();
}

void Viewport::bound() {
    centre_.setX(std::clamp(centre_.x(), 0.0, double(content_.width())));
    centre_.setY(std::clamp(centre_.y(), 0.0, double(content_.height())));
}

}  // namespace ui
