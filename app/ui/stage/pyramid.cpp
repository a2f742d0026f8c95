#include "app/ui/stage/pyramid.h"

namespace ui {
namespace {

constexpr int smallestLevel = 128;  // pixels of the longer side

}  // namespace

Pyramid::Pyramid(const QImage& image) {
    if (image.isNull()) return;
    levels_ << image.convertToFormat(image.hasAlphaChannel() ? QImage::Format_ARGB32_Premultiplied
                                                             : QImage::Format_RGB32);
    while (std::max(levels_.back().width(), levels_.back().height()) > smallestLevel) {
        const QImage& last = levels_.back();
        const QSize half((last.width() + 1) / 2, (last.height() + 1) / 2);
        levels_ << last.scaled(half, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
    }
}

const QImage& Pyramid::level(double width) const {
    static const QImage none;
    if (isNull()) return none;
    for (auto level = levels_.crbegin(); level != levels_.crend(); ++level)
        if (level->width() >= width) return *level;
    return levels_.front();
}

}  // namespace ui
