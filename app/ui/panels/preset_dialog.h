#pragma once

// Under which name the settings are kept, and what of them.

#include <QDialog>
#include <QStringList>

namespace ui {

class PresetDialog : public QDialog {
    Q_OBJECT

public:
    /// taken: names that would be replaced.
    PresetDialog(const QStringList& taken, QWidget* parent);

Q_SIGNALS:
    void kept(const QString& name, bool keepsPrompts, bool keepsSeed);
};

}  // namespace ui
