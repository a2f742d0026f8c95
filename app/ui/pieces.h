#pragma once

// Makers of the small parts that every panel is built of.

#include "app/ui/theme/theme.h"

#include <QString>

class QAbstractSpinBox;
class QBoxLayout;
class QDoubleSpinBox;
class QLabel;
class QPushButton;
class QSlider;
class QSpinBox;
class QToolButton;
class QWidget;

namespace ui {

QLabel* label(const QString& text, theme::Step step = theme::Step::body,
              theme::Ink ink = theme::Ink::content);

/// A 28-pixel button with an icon; the tooltip is its accessible name, too.
QToolButton* iconButton(const QString& icon, const QString& name, const QString& keys = {});

QPushButton* pushButton(const QString& text, const QString& icon = {},
                        theme::Kind kind = theme::Kind::plain);

/// Number fields without arrows, in the type for numbers; keys and the wheel change them.
QSpinBox* spinBox(int low, int high, const QString& name);
QDoubleSpinBox* doubleSpinBox(double low, double high, double step, const QString& name);
/// The look of both on a box of one's own.
void dressNumber(QAbstractSpinBox* box, const QString& name);
QSlider* slider(int low, int high, const QString& name);

/// The wheel scrolls the panel instead of changing a control that nobody chose.
void ignoreWheelWithoutFocus(QWidget* widget);

/// Sets margins and spacing at once and returns the layout.
template <typename Layout>
Layout* compact(Layout* layout, int spacing = theme::s2, int left = 0, int top = 0, int right = 0,
                int bottom = 0) {
    layout->setContentsMargins(left, top, right, bottom);
    layout->setSpacing(spacing);
    return layout;
}

/// 1 px of the line colour, horizontal.
QWidget* divider();

/// "under 1 s", "12 s", "1 min 52 s", "1 h 5 min".
QString spokenSeconds(double seconds);
/// Less than these are "under 1 s".
inline constexpr double leastSpokenSeconds = 0.5;

/// "0:04", "12:31".
QString clockSeconds(double seconds);

}  // namespace ui
