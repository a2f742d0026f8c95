#pragma once

// A picture in its own size and halved again and again, so that any zoom is one cheap stretch of the
// level that is next larger: zooming and panning a large picture costs what its visible part costs.

#include <QImage>
#include <QList>

namespace ui {

class Pyramid {
public:
    Pyramid() = default;
    /// Makes all levels: some ten milliseconds for a large picture, so not on the GUI thread.
    explicit Pyramid(const QImage& image);

    bool isNull() const { return levels_.isEmpty(); }

    QSize size() const { return isNull() ? QSize() : levels_.front().size(); }

    /// In its own size, in a format that the painter draws fast; null when there is none.
    QImage full() const { return isNull() ? QImage() : levels_.front(); }

    /// The smallest level that is at least so wide, or the full one.
    const QImage& level(double width) const;

private:
    QList<QImage> levels_;
};

}  // namespace ui
