#pragma once

// Widgets that show one setting and write it; the pages are made of them.

#include "app/settings/settings.h"

#include <QList>
#include <QString>

#include <utility>

class QCheckBox;
class QComboBox;
class QLabel;
class QSpinBox;
class QVBoxLayout;
class QWidget;

namespace ui {

/// Words and values of a list.
using Choices = QList<std::pair<QString, QString>>;

/// A value that the list lacks is added to it.
QComboBox* choiceOf(settings::Settings& settings, QString settings::Values::*field,
                    const QString& name, const Choices& choices);
QSpinBox* numberOf(settings::Settings& settings, int settings::Values::*field, const QString& name,
                   int low, int high);
QCheckBox* switchOf(settings::Settings& settings, bool settings::Values::*field,
                    const QString& text);

/// A page with its title; rows are added to the layout, which ends with a stretch.
QVBoxLayout* settingsPage(QWidget* page, const QString& title);

/// A name at the left, the control behind it, and below what it means.
void addSetting(QVBoxLayout* rows, const QString& name, QWidget* control,
                const QString& help = {});
/// A paragraph in small type.
QLabel* addNote(QVBoxLayout* rows, const QString& text);

}  // namespace ui
