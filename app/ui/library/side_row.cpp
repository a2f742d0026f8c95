#include "app/ui/library/side_row.h"

#include "app/ui/theme/icons.h"
#include "app/ui/theme/paint.h"

#include <QContextMenuEvent>
#include <QDropEvent>
#include <QKeyEvent>
#include <QLocale>
#include <QMimeData>
#include <QPainter>

namespace ui {

SideRow::SideRow(const QString& icon, const QString& name, int indent)
    : icon_(icon), indent_(indent) {
    setText(name);
    setAccessibleName(name);
    setCheckable(true);
    setAutoExclusive(false);
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_Hover);
    setFixedHeight(28);
    setToolTip(name);
}

void SideRow::setCount(int count) {
    count_ = count;
    setAccessibleDescription(count < 0 ? QString() : tr("%n picture(s)", nullptr, count));
    update();
}

void SideRow::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const auto& t = theme::of(this);
    QColor ground;  // none at rest
    if (isChecked() || isUnderDrag_)
        ground = t.selection;
    else if (isDown() || underMouse())
        ground = isDown() ? t.pressed : t.hover;
    theme::paintBox(&painter, rect(), theme::radiusControl, ground);
    const int left = theme::s2 + indent_ * theme::s4;
    theme::paintIcon(&painter, QRect(left, 6, 16, 16), icon_, isChecked() ? t.accentText : t.text2);
    int right = width() - theme::s2;
    painter.setFont(theme::font(theme::Step::small));
    if (count_ >= 0) {
        const auto number = QLocale().toString(count_);
        const int numberWidth = painter.fontMetrics().horizontalAdvance(number);
        painter.setPen(isChecked() || underMouse() ? t.text2 : t.text3);
        painter.drawText(QRect(right - numberWidth, 0, numberWidth, height()), Qt::AlignVCenter,
                         number);
        right -= numberWidth + theme::s2;
    }
    painter.setFont(theme::font(theme::Step::body));
    painter.setPen(t.text);
    const QRect name(left + 24, 0, right - left - 24, height());
    painter.drawText(name, Qt::AlignVCenter | Qt::AlignLeft,
                     painter.fontMetrics().elidedText(text(), Qt::ElideRight, name.width()));
}

bool SideRow::event(QEvent* event) {
    // Enter is a key of the library, too, but not here.
    if (event->type() == QEvent::ShortcutOverride) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Return || key == Qt::Key_Enter) event->accept();
    }
    return QAbstractButton::event(event);
}

void SideRow::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Down) return void(focusNextChild());
    if (event->key() == Qt::Key_Up) return void(focusPreviousChild());
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) return click();
    QAbstractButton::keyPressEvent(event);
}

void SideRow::contextMenuEvent(QContextMenuEvent* event) {
    Q_EMIT menuAsked(event->globalPos());
}

void SideRow::dragEnterEvent(QDragEnterEvent* event) {
    if (!event->mimeData()->hasUrls() || !event->source()) return;
    isUnderDrag_ = true;
    update();
    event->acceptProposedAction();
}

void SideRow::dragLeaveEvent(QDragLeaveEvent*) {
    isUnderDrag_ = false;
    update();
}

void SideRow::dropEvent(QDropEvent* event) {
    isUnderDrag_ = false;
    update();
    event->acceptProposedAction();
    Q_EMIT picturesDropped();
}

}  // namespace ui
