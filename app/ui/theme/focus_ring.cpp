#include "app/ui/theme/focus_ring.h"

#include <QApplication>
#include <QFocusFrame>
#include <QWidget>

namespace ui::theme {
namespace {

bool paintsOwnFocus(const QWidget* widget) {
    return widget->inherits("QLineEdit") || widget->inherits("QPlainTextEdit") ||
           widget->inherits("QTextEdit") || widget->inherits("QAbstractSpinBox") ||
           widget->inherits("QMenu") || widget->inherits("QMainWindow") || widget->isWindow() ||
           widget->property("atelierOwnFocus").toBool();
}

}  // namespace

FocusRing::FocusRing(QObject* parent) : QObject(parent) {
    connect(qApp, &QApplication::focusChanged, this,
            [this](QWidget*, QWidget* now) { follow(now); });
}

void FocusRing::follow(QWidget* widget) {
    const bool isKeyboard = widget && widget->window()->testAttribute(Qt::WA_KeyboardFocusChange);
    if (!isKeyboard || paintsOwnFocus(widget)) {
        if (frame_) frame_->setWidget(nullptr);
        return;
    }
    if (!frame_) frame_ = new QFocusFrame(widget);
    frame_->setWidget(widget);
}

}  // namespace ui::theme
