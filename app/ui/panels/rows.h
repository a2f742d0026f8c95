#pragma once

// One row of a panel: a name of 72 pixels, a wide control, and a narrow one.

#include <QString>

class QWidget;

namespace ui {

QWidget* row(const QString& name, QWidget* control, QWidget* number = nullptr);

}  // namespace ui
