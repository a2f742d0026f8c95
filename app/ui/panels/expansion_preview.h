#pragma once

// The prompts that a template stands for, before any is run.

#include "app/ui/prompt_desk.h"

#include <QDialog>

class QComboBox;
class QLabel;
class QListWidget;

namespace ui {

class ExpansionPreview : public QDialog {
    Q_OBJECT

public:
    ExpansionPreview(prompts::Expand mode, QWidget* parent);

    /// Asks for the prompts of the chosen mode: wanted.
    void begin();
    void show(const Expanded& expanded);

    QListWidget* list() const { return list_; }

Q_SIGNALS:
    void wanted(prompts::Expand mode);

private:
    QComboBox* mode_;
    QLabel* count_;
    QListWidget* list_;
};

}  // namespace ui
