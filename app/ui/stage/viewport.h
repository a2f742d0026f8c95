#pragma once

// Where a picture lies in a view: fitted or at a chosen zoom around a point that was chosen. Plain
// geometry; places are logical pixels of the view, the zoom is screen pixels per picture pixel.

#include <QPointF>
#include <QRectF>
#include <QSize>

namespace ui {

class Viewport {
public:
    /// The view's size, and its device pixels per logical pixel.
    void setRoom(const QSizeF& room, double ratio);
    /// Pixels of the picture; another size begins at its centre.
    void setContent(const QSize& content);

    const QSize& content() const { return content_; }

    /// Fits into the view, enlarged to 300 % at most, and follows changes of the view's size.
    void fit();

    bool isFitted() const { return isFitted_; }

    double zoom() const;
    /// Keeps what lies at the place where it is.
    void zoomAt(const QPointF& place, double zoom);
    /// Only where it isn't fitted; some of the picture stays in the view.
    void moveBy(const QPointF& distance);

    /// The picture's place in the view; empty without a picture.
    QRectF shownRect() const;

private:
    void bound();

    QSizeF room_;
    double ratio_ = 1;
    QSize content_;
    bool isFitted_ = true;
    double zoom_ = 1;
    QPointF centre_;  // picture point at the view's centre
};

}  // namespace ui
