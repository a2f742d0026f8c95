#pragma once

// What screen readers are told of widgets that are painted by themselves: their role, which Qt can't
// guess from their class.

#include <QAccessible>

class QWidget;

namespace ui {

/// Once per application, before the first widget is asked.
void teachRoles();

/// The widget's role; its name is accessibleName().
void setRole(QWidget* widget, QAccessible::Role role);

}  // namespace ui
