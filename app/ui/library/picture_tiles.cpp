#include "app/ui/library/picture_tiles.h"

#include "app/ui/library/mark_words.h"
#include "app/ui/theme/icons.h"
#include "app/ui/theme/paint.h"

#include <QFileInfo>
#include <QKeyEvent>
#include <QPainter>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace ui {
namespace {

constexpr int gap = 8;
constexpr int strip = 26;
/// Beyond two, pictures are small on any screen.
constexpr int surveyEdge = 1400;
constexpr double most = 16;
constexpr double least = 0.02;

}  // namespace

PictureTiles::PictureTiles() {
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Picture"));
    theme::setGround(this, theme::Ground::stage);
    connect(&loader_, &TileLoader::loaded, this, [this] {
        layOut();
        update();
    });
}

void PictureTiles::setCards(const QList<gallery::Card>& cards, int current) {
    const auto same = [](const gallery::Card& a, const gallery::Card& b) {
        return a.id == b.id && a.path == b.path;
    };
    const bool isSame = std::equal(cards.begin(), cards.end(), cards_.begin(), cards_.end(), same);
    const bool isCount = cards.size() == cards_.size();
    cards_ = cards.mid(0, mostTiles);
    current_ = std::clamp(current, 0, std::max(0, int(cards_.size()) - 1));
    if (!isSame) {
        loader_.forgetUnreadable();
        loader_.setEdge(cards_.size() > 2 ? surveyEdge : 0);
        // The loupe keeps its zoom from picture to picture: that is how details are compared.
        if (!isCount) ports_ = QList<Viewport>(cards_.size());
        for (const auto& card : std::as_const(cards_)) loader_.find(card.path);
        layOut();
    }
    describe();
    update();
}

void PictureTiles::describe() {
    setAccessibleName(cards_.size() > 1 ? tr("%n picture(s) beside each other", nullptr,
                                             int(cards_.size()))
                                        : tr("Picture"));
    setAccessibleDescription(cards_.isEmpty() ? QString() : spokenCard(cards_.at(current_)));
}

/// Columns that make the tiles as square as they can be.
void PictureTiles::layOut() {
    const int count = std::max(1, int(cards_.size()));
    const double shape = double(width()) / std::max(1, height());
    columns_ = std::clamp(int(std::lround(std::sqrt(count * shape))), 1, count);
    if (count == 2) columns_ = shape > 1 ? 2 : 1;
    for (int i = 0; i < cards_.size(); ++i) {
        ports_[i].setRoom(QSizeF(room(i).size()), devicePixelRatioF());
        const auto picture = loader_.find(cards_.at(i).path);
        if (!picture.isNull()) ports_[i].setContent(picture.size());
    }
}

QRect PictureTiles::tile(int number) const {
    const int count = std::max(1, int(cards_.size()));
    const int rows = (count + columns_ - 1) / columns_;
    const int w = (width() - gap * (columns_ + 1)) / columns_;
    const int h = (height() - gap * (rows + 1)) / rows;
    return {gap + number % columns_ * (w + gap), gap + number / columns_ * (h + gap), w, h};
}

QRect PictureTiles::room(int number) const {
    return tile(number).adjusted(2, 2, -2, -strip);
}

QRectF PictureTiles::shownRect(int number) const {
    return ports_.value(number).shownRect().translated(room(number).topLeft());
}

int PictureTiles::tileAt(const QPoint& place) const {
    for (int i = 0; i < cards_.size(); ++i)
        if (tile(i).contains(place)) return i;
    return -1;
}

bool PictureTiles::isFitted() const {
    return ports_.isEmpty() || ports_.first().isFitted();
}

void PictureTiles::fit() {
    for (auto& port : ports_) port.fit();
    update();
}

void PictureTiles::setZoom(double zoom) {
    for (auto& port : ports_) {
        const auto shown = port.shownRect();
        port.zoomAt(shown.center(), std::clamp(zoom, least, most));
    }
    update();
}

void PictureTiles::zoomAt(const QPointF& place, double zoom) {
    const int number = tileAt(place.toPoint());
    if (number < 0) return;
    const auto inside = place - room(number).topLeft();
    for (auto& port : ports_) port.zoomAt(inside, std::clamp(zoom, least, most));
    update();
}

void PictureTiles::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    for (int i = 0; i < cards_.size(); ++i) paintTile(&painter, i);
}

void PictureTiles::paintTile(QPainter* painter, int number) {
    const auto& t = theme::of(this);
    const auto& card = cards_.at(number);
    const auto place = tile(number);
    paintPicture(painter, number, room(number));
    const QRect marks(place.x(), place.bottom() - strip + 5, place.width(), strip - 6);
    int left = marks.x() + 6;
    if (card.marks.pick != gallery::Pick::none) {
        const bool isPicked = card.marks.pick == gallery::Pick::picked;
        theme::paintIcon(painter, QRect(left, marks.y() + 3, 14, 14),
                         isPicked ? QStringLiteral("pick") : QStringLiteral("reject"),
                         isPicked ? t.text : t.danger);
        left += 20;
    }
    paintStars(painter, QRect(left, marks.y() + 4, 12, 12), card.marks.rating, t);
    left += 14 * card.marks.rating + 4;
    paintLabel(painter, QRect(marks.right() - 14, marks.y() + 5, 10, 10), card.marks.label, t);
    painter->setPen(t.text2);
    painter->setFont(theme::font(theme::Step::small));
    const QRect name(left, marks.y(), marks.right() - 24 - left, marks.height());
    painter->drawText(name, Qt::AlignVCenter | Qt::AlignLeft,
                      painter->fontMetrics().elidedText(QFileInfo(card.path).fileName(),
                                                        Qt::ElideMiddle, name.width()));
    if (cards_.size() > 1 && number == current_)
        theme::paintBox(painter, place, theme::radiusControl, {}, t.accent, 2);
}

void PictureTiles::paintPicture(QPainter* painter, int number, const QRect& place) {
    const auto& t = theme::of(this);
    const auto& card = cards_.at(number);
    const auto picture = loader_.find(card.path);
    if (picture.isNull()) {
        const bool isLost = loader_.isUnreadable(card.path);
        theme::paintIcon(painter, QRect(place.center() - QPoint(14, 28), QSize(28, 28)),
                         isLost ? QStringLiteral("warning") : QStringLiteral("image"), t.text2);
        if (!isLost) return;
        painter->setPen(t.text);
        painter->setFont(theme::font(theme::Step::body));
        painter->drawText(place.adjusted(8, 24, -8, 0), Qt::AlignCenter | Qt::TextWordWrap,
                          tr("%1 was moved or can't be read").arg(card.path));
        return;
    }
    const auto shown = shownRect(number);
    painter->save();
    painter->setClipRect(place);
    const auto& level = picture.level(shown.width() * devicePixelRatioF());
    painter->setRenderHint(QPainter::SmoothPixmapTransform,
                           level.width() > shown.width() || ports_[number].zoom() < 2);
    painter->drawImage(shown, level);
    painter->restore();
}

void PictureTiles::resizeEvent(QResizeEvent*) {
    layOut();
}

void PictureTiles::keyPressEvent(QKeyEvent* event) {
    switch (event->key()) {
        case Qt::Key_Left:
        case Qt::Key_Up:
            return Q_EMIT stepped(-1);
        case Qt::Key_Right:
        case Qt::Key_Down:
            return Q_EMIT stepped(1);
        case Qt::Key_Home:
            return Q_EMIT stepped(-1000000000);
        case Qt::Key_End:
            return Q_EMIT stepped(1000000000);
        case Qt::Key_Z:
        case Qt::Key_Space:
            return isFitted() ? setZoom(1) : fit();
        case Qt::Key_Plus:
        case Qt::Key_Equal:
            return setZoom(ports_.isEmpty() ? 1 : ports_.first().zoom() * 1.25);
        case Qt::Key_Minus:
            return setZoom(ports_.isEmpty() ? 1 : ports_.first().zoom() / 1.25);
        default:
            QWidget::keyPressEvent(event);
    }
}

void PictureTiles::mousePressEvent(QMouseEvent* event) {
    const int number = tileAt(event->position().toPoint());
    grip_ = event->position();
    isDragged_ = number >= 0 && event->button() != Qt::RightButton;
    if (number >= 0 && number != current_) Q_EMIT chosen(number);
}

void PictureTiles::mouseMoveEvent(QMouseEvent* event) {
    if (!isDragged_) return;
    for (auto& port : ports_) port.moveBy(event->position() - grip_);
    grip_ = event->position();
    update();
}

void PictureTiles::mouseReleaseEvent(QMouseEvent*) {
    isDragged_ = false;
}

void PictureTiles::mouseDoubleClickEvent(QMouseEvent* event) {
    const int number = tileAt(event->position().toPoint());
    if (number >= 0) Q_EMIT opened(number);
}

void PictureTiles::wheelEvent(QWheelEvent* event) {
    const int number = std::max(0, tileAt(event->position().toPoint()));
    if (number >= ports_.size()) return;
    const double factor = std::pow(1.25, event->angleDelta().y() / 120.0);
    zoomAt(event->position(), ports_[number].zoom() * factor);
    event->accept();
}

}  // namespace ui
