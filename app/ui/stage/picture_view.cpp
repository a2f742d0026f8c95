#include "app/ui/stage/picture_view.h"

#include "app/ui/reach.h"
#include "app/ui/theme/theme.h"

#include <QKeyEvent>
#include <QPainter>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace ui {
namespace {

constexpr double pixelsSeenFrom = 4;  // above this every picture pixel is a square
constexpr int gap = 2;                // between two pictures side by side
constexpr int gripWidth = 14;         // of the line between two pictures

}  // namespace

PictureView::PictureView() {
    theme::setGround(this, theme::Ground::stage);
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setMinimumSize(240, 180);
    setRole(this, QAccessible::Graphic);
    describe();
}

void PictureView::setPicture(const Pyramid& picture, const QSize& finalSize, const QString& name) {
    picture_ = picture;
    name_ = name;
    const QSize size = finalSize.isEmpty() ? picture.size() : finalSize;
    const bool isOther = size != port_.content();
    port_.setRoom(secondPane().size(), devicePixelRatioF());
    port_.setContent(size);
    describe();
    update();
    if (isOther) Q_EMIT zoomChanged();
}

void PictureView::clear() {
    setPicture({});
}

void PictureView::setOther(const Pyramid& other, const QString& name) {
    other_ = other;
    otherName_ = name;
    layOut();
}

void PictureView::setCompare(Compare compare) {
    compare_ = compare;
    isPeeking_ = false;
    layOut();
}

void PictureView::setSplit(double share) {
    split_ = std::clamp(share, 0.0, 1.0);
    update();
}

void PictureView::describe() {
    const QString name = name_.isEmpty() ? tr("Picture") : tr("Picture %1").arg(name_);
    setAccessibleName(compare() == Compare::none ? name
                                                 : tr("%1 compared with %2").arg(name, otherName_));
}

QRect PictureView::firstPane() const {
    return compare() == Compare::side ? QRect(0, 0, (width() - gap) / 2, height()) : rect();
}

QRect PictureView::secondPane() const {
    const int half = (width() - gap) / 2;
    return compare() == Compare::side ? QRect(width() - half, 0, half, height()) : rect();
}

void PictureView::layOut() {
    port_.setRoom(secondPane().size(), devicePixelRatioF());
    describe();
    update();
    Q_EMIT zoomChanged();
}

QRectF PictureView::shownRect() const {
    return port_.shownRect().translated(secondPane().topLeft());
}

void PictureView::fit() {
    port_.fit();
    update();
    Q_EMIT zoomChanged();
}

void PictureView::setZoom(double zoom) {
    zoomAt(QRectF(secondPane()).center(), zoom);
}

void PictureView::zoomAt(const QPointF& place, double zoom) {
    if (port_.content().isEmpty()) return;
    const QRect pane = firstPane().contains(place.toPoint()) ? firstPane() : secondPane();
    port_.zoomAt(place - pane.topLeft(), zoom);
    update();
    Q_EMIT zoomChanged();
}

void PictureView::moveBy(const QPointF& distance) {
    port_.moveBy(distance);
    update();
}

double PictureView::dividerX() const {
    const QRectF seen = shownRect().intersected(rect());
    return std::round(seen.left() + seen.width() * split_);
}

bool PictureView::isOnDivider(const QPointF& place) const {
    return compare() == Compare::slider && std::abs(place.x() - dividerX()) <= gripWidth;
}

void PictureView::setPeeking(bool isPeeking) {
    if (isPeeking == isPeeking_) return;
    isPeeking_ = isPeeking;
    update();
}

void PictureView::paintPicture(QPainter* painter, const Pyramid& picture,
                               const QRectF& place) const {
    const double wide = place.width() * devicePixelRatioF();
    const bool isShrunk = wide < picture.size().width();
    const bool isFinal = picture.size() == port_.content();
    // A picture of another shape keeps it.
    QSizeF size = QSizeF(picture.size()).scaled(place.size(), Qt::KeepAspectRatio);
    if (!isFinal && picture.size() == picture_.size()) size = place.size();
    const QRectF target(place.center() - QPointF(size.width() / 2, size.height() / 2), size);
    painter->setRenderHint(QPainter::SmoothPixmapTransform,
                           isShrunk || !isFinal || zoom() < pixelsSeenFrom);
    painter->drawImage(target, isShrunk ? picture.level(wide) : picture.level(1e9));
}

void PictureView::paintBoth(QPainter* painter) const {
    const auto& t = theme::of(this);
    const QRectF first = port_.shownRect().translated(firstPane().topLeft());
    const QRectF second = shownRect();
    const QString a = QStringLiteral("A"), b = QStringLiteral("B");
    const auto tagPlace = [](const QRectF& picture, const QRect& pane) {
        return picture.intersected(pane);
    };
    if (compare() == Compare::hover) {
        paintPicture(painter, isPeeking_ ? other_ : picture_, second);
        paintTag(painter, tagPlace(second, rect()), isPeeking_ ? a : b,
                 isPeeking_ ? otherName_ : name_, Qt::AlignLeft, t);
        return;
    }
    const double x = dividerX();
    const bool isSlider = compare() == Compare::slider;
    painter->setClipRect(isSlider ? QRectF(0, 0, x, height()) : QRectF(firstPane()));
    paintPicture(painter, other_, first);
    painter->setClipRect(isSlider ? QRectF(x, 0, width() - x, height()) : QRectF(secondPane()));
    paintPicture(painter, picture_, second);
    painter->setClipping(false);
    paintTag(painter, tagPlace(first, firstPane()), a, otherName_, Qt::AlignLeft, t);
    paintTag(painter, tagPlace(second, secondPane()), b, name_, Qt::AlignRight, t);
    if (isSlider) paintDivider(painter, second.intersected(rect()), x, t);
}

void PictureView::paintEvent(QPaintEvent*) {
    if (picture_.isNull()) return;
    QPainter painter(this);
    if (compare() == Compare::none)
        paintPicture(&painter, picture_, shownRect());
    else
        paintBoth(&painter);
}

void PictureView::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    layOut();
}

void PictureView::wheelEvent(QWheelEvent* event) {
    zoomAt(event->position(), zoom() * std::pow(1.0015, event->angleDelta().y()));
    event->accept();
}

void PictureView::mousePressEvent(QMouseEvent* event) {
    setFocus(Qt::MouseFocusReason);
    if (event->button() != Qt::LeftButton && event->button() != Qt::MiddleButton) return;
    const bool isLeft = event->button() == Qt::LeftButton;
    dragged_ = isLeft && isOnDivider(event->position()) ? Grip::divider : Grip::picture;
    grip_ = event->position();
    if (dragged_ == Grip::picture && !isFitted()) setCursor(Qt::ClosedHandCursor);
}

void PictureView::mouseMoveEvent(QMouseEvent* event) {
    if (compare() == Compare::hover) setPeeking(shownRect().contains(event->position()));
    if (dragged_ == Grip::none) {
        if (isOnDivider(event->position()))
            setCursor(Qt::SplitHCursor);
        else
            unsetCursor();
        return;
    }
    if (dragged_ == Grip::divider) {
        const QRectF seen = shownRect().intersected(rect());
        if (seen.width() > 0) setSplit((event->position().x() - seen.left()) / seen.width());
    } else {
        moveBy(event->position() - grip_);
    }
    grip_ = event->position();
}

void PictureView::mouseReleaseEvent(QMouseEvent*) {
    dragged_ = Grip::none;
    unsetCursor();
}

void PictureView::mouseDoubleClickEvent(QMouseEvent* event) {
    if (isOnDivider(event->position())) return setSplit(0.5);
    Q_EMIT doubleClicked();
}

void PictureView::leaveEvent(QEvent*) {
    setPeeking(false);
}

bool PictureView::moveByKey(const QKeyEvent* event) {
    constexpr int distance = 48;
    const bool isLeft = event->key() == Qt::Key_Left, isRight = event->key() == Qt::Key_Right;
    if (compare() == Compare::slider && (isLeft || isRight)) {
        const double step = event->modifiers().testFlag(Qt::ShiftModifier) ? 0.1 : 0.01;
        setSplit(split_ + (isLeft ? -step : step));
    } else if (isLeft || isRight) {
        moveBy({isLeft ? double(distance) : -double(distance), 0});
    } else if (event->key() == Qt::Key_Up || event->key() == Qt::Key_Down) {
        moveBy({0, event->key() == Qt::Key_Up ? double(distance) : -double(distance)});
    } else {
        return false;
    }
    return true;
}

void PictureView::keyPressEvent(QKeyEvent* event) {
    if (moveByKey(event)) return;
    switch (event->key()) {
        case Qt::Key_Plus:
        case Qt::Key_Equal:
            return setZoom(zoom() * 1.25);
        case Qt::Key_Minus:
            return setZoom(zoom() / 1.25);
        case Qt::Key_Space:
            if (compare() == Compare::hover) return setPeeking(true);
            [[fallthrough]];
        default:
            QWidget::keyPressEvent(event);
    }
}

void PictureView::keyReleaseEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Space && !event->isAutoRepeat()) setPeeking(false);
    QWidget::keyReleaseEvent(event);
}

}  // namespace ui
