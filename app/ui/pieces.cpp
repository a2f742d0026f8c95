#include "app/ui/pieces.h"

#include "app/ui/theme/icons.h"

#include <QAbstractSpinBox>
#include <QCoreApplication>
#include <QDoubleSpinBox>
#include <QEvent>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QSlider>
#include <QSpinBox>
#include <QToolButton>

#include <algorithm>
#include <cmath>

namespace ui {
namespace {

class WheelGuard : public QObject {
public:
    using QObject::QObject;

    bool eventFilter(QObject* object, QEvent* event) override {
        if (event->type() != QEvent::Wheel) return false;
        if (static_cast<QWidget*>(object)->hasFocus()) return false;
        event->ignore();
        return true;
    }
};

class Divider : public QWidget {
public:
    Divider() { setFixedHeight(1); }

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter(this).fillRect(rect(), theme::of(this).line);
    }
};

template <typename Box>
Box* dressed(Box* box, const QString& name) {
    dressNumber(box, name);
    return box;
}

}  // namespace

QLabel* label(const QString& text, theme::Step step, theme::Ink ink) {
    auto* result = new QLabel(text);
    result->setFont(theme::font(step));
    result->setTextFormat(Qt::PlainText);
    theme::setInk(result, ink);
    return result;
}

QToolButton* iconButton(const QString& icon, const QString& name, const QString& keys) {
    auto* button = new QToolButton;
    button->setIcon(theme::icon(icon));
    button->setProperty("atelierIcon", icon);
    button->setToolTip(keys.isEmpty() ? name : name + QStringLiteral("  ") + keys);
    button->setAccessibleName(name);
    button->setFixedSize(28, 28);
    button->setFocusPolicy(Qt::TabFocus);
    theme::setKind(button, theme::Kind::quiet);
    return button;
}

QPushButton* pushButton(const QString& text, const QString& icon, theme::Kind kind) {
    auto* button = new QPushButton(text);
    button->setFont(theme::font(theme::Step::strong));
    if (!icon.isEmpty()) {
        const bool isFilled = kind == theme::Kind::primary || kind == theme::Kind::danger;
        const auto colour = kind == theme::Kind::danger ? &theme::Theme::onDanger
                            : isFilled                  ? &theme::Theme::onAccent
                                                        : &theme::Theme::text2;
        button->setIcon(theme::icon(icon, colour));
    }
    button->setFocusPolicy(Qt::TabFocus);
    theme::setKind(button, kind);
    return button;
}

void dressNumber(QAbstractSpinBox* box, const QString& name) {
    box->setButtonSymbols(QAbstractSpinBox::NoButtons);
    box->setFont(theme::font(theme::Step::mono));
    box->setAccessibleName(name);
    box->setFixedHeight(28);
    ignoreWheelWithoutFocus(box);
}

QSpinBox* spinBox(int low, int high, const QString& name) {
    auto* box = dressed(new QSpinBox, name);
    box->setRange(low, high);
    return box;
}

QDoubleSpinBox* doubleSpinBox(double low, double high, double step, const QString& name) {
    auto* box = dressed(new QDoubleSpinBox, name);
    box->setRange(low, high);
    box->setSingleStep(step);
    box->setDecimals(step < 0.1 ? 2 : 1);
    return box;
}

QSlider* slider(int low, int high, const QString& name) {
    auto* result = new QSlider(Qt::Horizontal);
    result->setRange(low, high);
    result->setAccessibleName(name);
    result->setFixedHeight(28);
    ignoreWheelWithoutFocus(result);
    return result;
}

void ignoreWheelWithoutFocus(QWidget* widget) {
    widget->setFocusPolicy(Qt::StrongFocus);
    widget->installEventFilter(new WheelGuard(widget));
}

QWidget* divider() {
    return new Divider;
}

QString spokenSeconds(double seconds) {
    if (seconds < leastSpokenSeconds) return QCoreApplication::translate("pieces", "under 1 s");
    const int whole = int(std::lround(seconds));
    if (whole < 60) return QCoreApplication::translate("pieces", "%1 s").arg(whole);
    if (whole < 3600)
        return QCoreApplication::translate("pieces", "%1 min %2 s").arg(whole / 60).arg(whole % 60);
    return QCoreApplication::translate("pieces", "%1 h %2 min")
        .arg(whole / 3600)
        .arg(whole / 60 % 60);
}

QString clockSeconds(double seconds) {
    const int whole = std::max(0, int(std::ceil(seconds)));
    return QStringLiteral("%1:%2").arg(whole / 60).arg(whole % 60, 2, 10, QLatin1Char('0'));
}

}  // namespace ui
