#pragma once

// Shows one picture on the stage, or two to compare: fitted or at a chosen size, moved by drag,
// enlarged by the wheel.

#include "app/ui/stage/comparison.h"
#include "app/ui/stage/pyramid.h"
#include "app/ui/stage/viewport.h"

#include <QWidget>

namespace ui {

class PictureView : public QWidget {
    Q_OBJECT

public:
    PictureView();

    /// finalSize: pixels that the picture will have, for a preview that is smaller; empty: its own.
    void setPicture(const Pyramid& picture, const QSize& finalSize = {}, const QString& name = {});
    void clear();

    QImage picture() const { return picture_.full(); }

    /// The picture to compare with; name is shown on it. Where it is absent, nothing is compared.
    void setOther(const Pyramid& other, const QString& name);
    void setCompare(Compare compare);

    Compare compare() const { return other_.isNull() ? Compare::none : compare_; }

    /// Of the picture's width, how much is left of the slider's line.
    double split() const { return split_; }

    void setSplit(double share);

    void fit();
    /// Picture pixels to screen pixels; keeps the view's centre in place.
    void setZoom(double zoom);

    double zoom() const { return port_.zoom(); }

    bool isFitted() const { return port_.isFitted(); }

    /// The picture's place in the view; with two beside each other, that of the right one.
    QRectF shownRect() const;

Q_SIGNALS:
    void zoomChanged();
    void doubleClicked();

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void keyReleaseEvent(QKeyEvent* event) override;

private:
    enum class Grip { none, picture, divider };

    void zoomAt(const QPointF& place, double zoom);
    void moveBy(const QPointF& distance);
    /// The parts of the view that show a picture: the first and the second, or the same twice.
    QRect firstPane() const;
    QRect secondPane() const;
    double dividerX() const;
    bool isOnDivider(const QPointF& place) const;
    bool moveByKey(const QKeyEvent* event);
    void setPeeking(bool isPeeking);
    void layOut();
    void describe();
    void paintPicture(QPainter* painter, const Pyramid& picture, const QRectF& place) const;
    void paintBoth(QPainter* painter) const;

    Pyramid picture_;
    Pyramid other_;
    QString name_;
    QString otherName_;
    Viewport port_;
    Compare compare_ = Compare::none;
    double split_ = 0.5;
    bool isPeeking_ = false;  ///< Compare::hover shows the first picture
    QPointF grip_;
    Grip dragged_ = Grip::none;
};

}  // namespace ui
