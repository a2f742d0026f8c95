#include "app/ui/stage/picture_view.h"

#include "app/ui/theme/theme.h"

#include <QKeyEvent>
#include <QPainter>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace ui {
namespace {

constexpr double smallestZoom = 0.05;
constexpr double largestZoom = 16;
constexpr double largestFit = 3;
constexpr double pixelsSeenFrom = 4;  // above this every picture pixel is a square
constexpr int margin = theme::s6;

}  // namespace

PictureView::PictureView() {
    theme::setGround(this, theme::Ground::stage);
    setFocusPolicy(Qt::StrongFocus);
    setMinimumSize(240, 180);
    setAccessibleName(tr("Picture"));
}

void PictureView::setPicture(const QImage& image, const QSize& finalSize) {
    const QSize size = finalSize.isEmpty() ? image.size() : finalSize;
    const bool isOther = size != size_;
    image_ = image;
    size_ = size;
    scaled_ = {};
    if (isOther) {
        centre_ = QPointF(size.width() / 2.0, size.height() / 2.0);
        Q_EMIT zoomChanged();
    }
    update();
}

void PictureView::clear() {
    image_ = {};
    size_ = {};
    scaled_ = {};
    update();
    Q_EMIT zoomChanged();
}

double PictureView::zoom() const {
    if (!isFitted_) return zoom_;
    if (size_.isEmpty()) return 1;
    const double room = std::min(double(width() - 2 * margin) / size_.width(),
                                 double(height() - margin - theme::s2) / size_.height());
    // Shown at its own size or larger, or as large as fits.
    return std::clamp(room * devicePixelRatioF(), smallestZoom, largestFit);
}

QRectF PictureView::shownRect() const {
    if (size_.isEmpty()) return {};
    const double scale = zoom() / devicePixelRatioF();
    const QSizeF size(size_.width() * scale, size_.height() * scale);
    if (isFitted_) {
        return {std::round((width() - size.width()) / 2),
                std::round(std::max(double(margin) / 2, (height() - size.height()) / 2)),
                size.width(), size.height()};
    }
    return {std::round(width() / 2.0 - centre_.x() * scale),
            std::round(height() / 2.0 - centre_.y() * scale), size.width(), size.height()};
}

void PictureView::fit() {
    isFitted_ = true;
    scaled_ = {};
    centre_ = QPointF(size_.width() / 2.0, size_.height() / 2.0);
    update();
    Q_EMIT zoomChanged();
}

void PictureView::setZoom(double zoom) {
    zoomAt(rect().center(), zoom);
}

void PictureView::zoomAt(const QPointF& place, double zoom) {
    if (size_.isEmpty()) return;
    const QRectF before = shownRect();
    const double oldScale = before.width() / size_.width();
    const QPointF point = (place - before.topLeft()) / oldScale;
    zoom_ = std::clamp(zoom, smallestZoom, largestZoom);
    isFitted_ = false;
    const double scale = zoom_ / devicePixelRatioF();
    centre_ = point - (place - QPointF(width() / 2.0, height() / 2.0)) / scale;
    scaled_ = {};
    bound();
    update();
    Q_EMIT zoomChanged();
}

void PictureView::moveBy(const QPointF& distance) {
    if (isFitted_) return;
    centre_ -= distance * devicePixelRatioF() / zoom_;
    bound();
    update();
}

void PictureView::bound() {
    centre_.setX(std::clamp(centre_.x(), 0.0, double(size_.width())));
    centre_.setY(std::clamp(centre_.y(), 0.0, double(size_.height())));
}

void PictureView::paintEvent(QPaintEvent*) {
    if (image_.isNull()) return;
    QPainter painter(this);
    const QRectF place = shownRect();
    const double ratio = devicePixelRatioF();
    const QSize target = (place.size() * ratio).toSize();
    if (target.width() < image_.width()) {
        // Shrinking needs an area filter, which the painter lacks; done once per size.
        if (scaled_.size() != target)
            scaled_ = QPixmap::fromImage(
                image_.scaled(target, Qt::IgnoreAspectRatio, Qt::SmoothTransformation));
        painter.drawPixmap(place.toRect(), scaled_);
        return;
    }
    const bool isFinal = image_.size() == size_;
    painter.setRenderHint(QPainter::SmoothPixmapTransform, !isFinal || zoom() < pixelsSeenFrom);
    painter.drawImage(place, image_);
}

void PictureView::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    scaled_ = {};
    Q_EMIT zoomChanged();
}

void PictureView::wheelEvent(QWheelEvent* event) {
    zoomAt(event->position(), zoom() * std::pow(1.0015, event->angleDelta().y()));
    event->accept();
}

void PictureView::mousePressEvent(QMouseEvent* event) {
    setFocus(Qt::MouseFocusReason);
    if (event->button() != Qt::LeftButton && event->button() != Qt::MiddleButton) return;
    isDragged_ = true;
    grip_ = event->position();
    if (!isFitted_) setCursor(Qt::ClosedHandCursor);
}

void PictureView::mouseMoveEvent(QMouseEvent* event) {
    if (!isDragged_) return;
    moveBy(event->position() - grip_);
    grip_ = event->position();
}

void PictureView::mouseReleaseEvent(QMouseEvent*) {
    isDragged_ = false;
    unsetCursor();
}

void PictureView::mouseDoubleClickEvent(QMouseEvent*) {
    Q_EMIT doubleClicked();
}

void PictureView::keyPressEvent(QKeyEvent* event) {
    constexpr int distance = 48;
    switch (event->key()) {
        case Qt::Key_Left:
            return moveBy({distance, 0});
        case Qt::Key_Right:
            return moveBy({-distance, 0});
        case Qt::Key_Up:
            return moveBy({0, distance});
        case Qt::Key_Down:
            return moveBy({0, -distance});
        case Qt::Key_Plus:
        case Qt::Key_Equal:
            return setZoom(zoom() * 1.25);
        case Qt::Key_Minus:
            return setZoom(zoom() / 1.25);
        default:
            QWidget::keyPressEvent(event);
    }
}

}  // namespace ui
