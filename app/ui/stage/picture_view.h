#pragma once

// Shows one picture on the stage: fitted or at a chosen size, moved by drag, enlarged by the wheel.

#include <QImage>
#include <QPixmap>
#include <QWidget>

namespace ui {

class PictureView : public QWidget {
    Q_OBJECT

public:
    PictureView();

    /// finalSize: pixels that the picture will have, for a preview that is smaller; empty: its own.
    void setPicture(const QImage& image, const QSize& finalSize = {});
    void clear();

    const QImage& picture() const { return image_; }

    /// Fits into the view, enlarged to 300 % at most, and follows changes of the view's size.
    void fit();
    /// Picture pixels to screen pixels; keeps the view's centre in place.
    void setZoom(double zoom);
    double zoom() const;

    bool isFitted() const { return isFitted_; }

    /// The picture's place in the view.
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
    void keyPressEvent(QKeyEvent* event) override;

private:
    void zoomAt(const QPointF& place, double zoom);
    void moveBy(const QPointF& distance);
    /// Keeps the picture where some of it is seen.
    void bound();

    QImage image_;
    QSize size_;      // in picture pixels, of the finished picture
    QPixmap scaled_;  // image_ at the shown size, for pictures that are shown smaller
    bool isFitted_ = true;
    double zoom_ = 1;
    QPointF centre_;  // picture point at the view's centre
    QPointF grip_;
    bool isDragged_ = false;
};

}  // namespace ui
