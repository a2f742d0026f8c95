#pragma once

#include "app/ui/actions.h"

class QWidget;

namespace ui {

/// Shows all actions with their keys until it is closed.
void showShortcuts(QWidget* parent, const Actions& actions);

}  // namespace ui
