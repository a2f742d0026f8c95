#pragma once

// One row of a panel: a name of 72 pixels, a wide control, and a narrow one.

#include <QString>

class QWidget;

namespace ui {

QWidget* row(const QString& name, QWidget* control, QWidget* number = nullptr);

/// A name as long as it needs and a narrow control at the right end.
QWidget* namedRow(const QString& name, QWidget* control);

}  // namespace ui
