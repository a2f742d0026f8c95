#pragma once

// Fields of the plan's width, which its rows are made of.

#include <QString>

class QComboBox;
class QLineEdit;

namespace ui {

QComboBox* planChoice(const QString& name);

QLineEdit* planText(const QString& name);

}  // namespace ui
