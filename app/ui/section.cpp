#include "app/ui/section.h"

#include "app/ui/pieces.h"
#include "app/ui/theme/icons.h"
#include "app/ui/theme/motion.h"
#include "app/ui/theme/paint.h"

#include <QPainter>
#include <QVBoxLayout>

namespace ui {

SectionHeader::SectionHeader(const QString& title, bool isDockTitle) : isDockTitle_(isDockTitle) {
    setText(title);
    setAccessibleName(title);
    setCheckable(true);
    setFocusPolicy(Qt::TabFocus);
    setAttribute(Qt::WA_Hover);
    setProperty("atelierOwnFocus", true);  // it fills the dock: a ring around it would be cut off
    setFixedHeight(34);
}

void SectionHeader::setSummary(const QString& summary) {
    summary_ = summary;
    setAccessibleDescription(summary);
    update();
}

QSize SectionHeader::sizeHint() const {
    return {160, 34};
}

void SectionHeader::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const auto& t = theme::of(this);
    if (underMouse() && !isDockTitle_) painter.fillRect(rect(), t.hover);
    if (hasFocus() && window()->testAttribute(Qt::WA_KeyboardFocusChange))
        theme::paintBox(&painter, rect().adjusted(2, 2, -2, -2), theme::radiusControl, {}, t.focus,
                        2);
    theme::paintIcon(&painter, QRectF(8, height() / 2.0 - 8, 16, 16),
                     isChecked() ? QStringLiteral("chevron-down") : QStringLiteral("chevron-right"),
                     t.text2);
    painter.setFont(theme::font(isDockTitle_ ? theme::Step::dockTitle : theme::Step::strong));
    painter.setPen(t.text);
    const QRect place = rect().adjusted(28, 0, -theme::s3, 0);
    painter.drawText(place, Qt::AlignVCenter | Qt::AlignLeft, text());
    const int used = painter.fontMetrics().horizontalAdvance(text());
    painter.setFont(theme::font(theme::Step::small));
    painter.setPen(t.text3);
    const QRect right = place.adjusted(used + theme::s2, 0, 0, 0);
    const auto side = isDockTitle_ ? Qt::AlignLeft : Qt::AlignRight;
    painter.drawText(right, Qt::AlignVCenter | side,
                     painter.fontMetrics().elidedText(summary_, Qt::ElideRight, right.width()));
}

Section::Section(const QString& title, QWidget* content, bool isOpen, bool isDockTitle)
    : header_(new SectionHeader(title, isDockTitle)), content_(content), room_(new QWidget) {
    compact(new QVBoxLayout(room_), 0)->addWidget(content_);
    auto* rows = compact(new QVBoxLayout(this), 0);
    rows->addWidget(header_);
    rows->addWidget(room_);
    connect(header_, &QAbstractButton::toggled, this, [this](bool isNowOpen) {
        showContent(isNowOpen);
        if (isNowOpen && isVisible()) unfold();
        Q_EMIT toggled(isNowOpen);
    });
    header_->setChecked(isOpen);
    showContent(isOpen);
}

bool Section::isOpen() const {
    return header_->isChecked();
}

void Section::setOpen(bool isOpen) {
    header_->setChecked(isOpen);
}

void Section::setSummary(const QString& summary) {
    summary_ = summary;
    showContent(isOpen());
}

void Section::unfold() {
    room_->layout()->setEnabled(false);  // the content keeps its height
    const auto* rows = room_->layout();
    const int height = rows->hasHeightForWidth() ? rows->totalHeightForWidth(width())
                                                 : rows->totalSizeHint().height();
    content_->setGeometry(0, 0, width(), height);
    theme::move(this, theme::opening, [this, height, own = ++openings_](double share) {
        if (own != openings_) return;  // closed, or opened again
        if (share < 1) return room_->setFixedHeight(int(height * share));
        unfolded();
    });
}

void Section::unfolded() {
    room_->setMinimumHeight(0);
    room_->setMaximumHeight(QWIDGETSIZE_MAX);
    room_->layout()->setEnabled(true);
    room_->layout()->activate();
}

void Section::showContent(bool isNowOpen) {
    room_->setVisible(isNowOpen);
    header_->setSummary(isNowOpen ? QString() : summary_);
    if (isNowOpen) return;
    ++openings_;
    unfolded();
}

}  // namespace ui
