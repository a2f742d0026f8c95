#include "app/ui/toast.h"

#include "app/ui/pieces.h"
#include "app/ui/reach.h"
#include "app/ui/theme/icons.h"
#include "app/ui/theme/motion.h"
#include "app/ui/theme/paint.h"

#include <QAccessible>
#include <QApplication>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QToolButton>

#include <algorithm>
#include <cmath>

namespace ui {
namespace {

constexpr int boxHeight = 44;
constexpr int shadow = 3;  // below
constexpr int narrowest = 360;
constexpr int widest = 520;
constexpr int most = 3;
constexpr int life = 6000;  // milliseconds
constexpr int rise = 8;

}  // namespace

Toast::Toast(const News& news) : icon_(news.icon), sentence_(news.sentence) {
    setFixedHeight(boxHeight + shadow);
    setMinimumWidth(narrowest);
    setMaximumWidth(widest);
    setAccessibleName(sentence_);
    setRole(this, QAccessible::AlertMessage);
    auto* words = label(sentence_);
    words->setToolTip(sentence_);
    words->setMinimumWidth(80);
    auto* columns = compact(new QHBoxLayout(this), theme::s2, theme::s3 + 24, 0, theme::s2, shadow);
    columns->addWidget(words, 1);
    if (!news.action.isEmpty()) {
        action_ = pushButton(news.action, {}, theme::Kind::quiet);
        theme::setInk(action_, theme::Ink::accent);
        columns->addWidget(action_);
        connect(action_, &QPushButton::clicked, this, [this, act = news.act] {
            if (act) act();
            Q_EMIT done();
        });
    }
    auto* close = iconButton(QStringLiteral("close"), tr("Close"));
    columns->addWidget(close);
    connect(close, &QToolButton::clicked, this, &Toast::done);
    life_.setInterval(life);
    connect(&life_, &QTimer::timeout, this, [this] {
        if (!isInUse()) Q_EMIT done();
    });
    life_.start();
}

bool Toast::isInUse() const {
    const auto* focus = QApplication::focusWidget();
    return underMouse() || (focus && isAncestorOf(focus));
}

void Toast::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const auto& t = theme::of(this);
    const QRectF box(0, 0, width(), boxHeight);
    painter.setOpacity(t.isDark ? 0.35 : 0.18);
    theme::paintBox(&painter, box.translated(0, shadow), theme::radiusCard, t.shadow);
    painter.setOpacity(1);
    theme::paintBox(&painter, box, theme::radiusCard, t.raised, t.lineControl);
    theme::paintIcon(&painter, QRectF(theme::s3, (boxHeight - 16) / 2.0, 16, 16), icon_, t.text2);
}

Toaster::Toaster(QWidget* over, int above) : QObject(over), over_(over), above_(above) {
    over_->installEventFilter(this);
}

void Toaster::show(const News& news) {
    while (toasts_.size() >= most) remove(toasts_.front());
    auto* toast = new Toast(news);
    toast->setParent(over_);
    connect(toast, &Toast::done, this, [this, toast] { remove(toast); });
    toasts_ << toast;
    theme::move(toast, theme::rising, [this, toast](double share) {
        toast->setDepth(int(std::lround(rise * (1 - share))));
        layOut();
    });
    toast->show();
    toast->raise();
    // Screen readers say what comes and goes.
    QAccessibleEvent event(toast, QAccessible::Alert);
    QAccessible::updateAccessibility(&event);
}

void Toaster::remove(Toast* toast) {
    if (!toasts_.removeOne(toast)) return;
    toast->hide();
    toast->deleteLater();
    layOut();
}

void Toaster::layOut() {
    int y = over_->height() - above_;
    for (auto it = toasts_.crbegin(); it != toasts_.crend(); ++it) {
        auto* toast = *it;
        const int wide = std::min(std::clamp(toast->sizeHint().width(), narrowest, widest),
                                  over_->width() - 2 * theme::s3);
        y -= toast->height();
        toast->setGeometry((over_->width() - wide) / 2, y + toast->depth(), wide, toast->height());
        y -= theme::s2;
    }
}

bool Toaster::eventFilter(QObject* object, QEvent* event) {
    if (object == over_ && event->type() == QEvent::Resize) layOut();
    return false;
}

}  // namespace ui
