#pragma once

// Whole pictures beside each other: one is the loupe, two are compared, more are a survey. All are
// moved and enlarged together.

#include "app/gallery/card.h"
#include "app/ui/library/tile_loader.h"
#include "app/ui/stage/viewport.h"

#include <QList>
#include <QWidget>

namespace ui {

class PictureTiles : public QWidget {
    Q_OBJECT

public:
    PictureTiles();

    /// More than these are not shown.
    static constexpr int mostTiles = 24;

    void setCards(const QList<gallery::Card>& cards, int current);
    /// Reads it ahead.
    void prepare(const QString& path) { loader_.find(path); }

    int current() const { return current_; }

    const QList<gallery::Card>& cards() const { return cards_; }

    bool isFitted() const;
    void fit();
    /// Picture pixels to screen pixels, of all.
    void setZoom(double zoom);

    /// Where a tile lies, and where its picture is shown in the widget.
    QRect tile(int number) const;
    QRectF shownRect(int number) const;

Q_SIGNALS:
    void chosen(int number);
    void opened(int number);
    /// To the next (1) or the one before (-1).
    void stepped(int direction);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;

private:
    int tileAt(const QPoint& place) const;
    /// Of a tile, without the strip of marks.
    QRect room(int number) const;
    void layOut();
    void zoomAt(const QPointF& place, double zoom);
    void paintTile(QPainter* painter, int number);
    void paintPicture(QPainter* painter, int number, const QRect& place);
    void describe();

    TileLoader loader_;
    QList<gallery::Card> cards_;
    QList<Viewport> ports_;
    int current_ = 0;
    int columns_ = 1;
    QPointF grip_;
    bool isDragged_ = false;
};

}  // namespace ui
