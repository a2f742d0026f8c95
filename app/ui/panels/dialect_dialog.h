#pragma once

// A prompt from another program's writing into this one's or back: both side by side with what
// differs, and nothing changed until it is taken.

#include "diffusion/text/dialects.h"

#include <QDialog>

class QComboBox;
class QLabel;
class QPushButton;
class QTextEdit;

namespace ui {

class DialectDialog : public QDialog {
    Q_OBJECT

public:
    DialectDialog(const QString& prompt, QWidget* parent);

    QPushButton* take() const { return take_; }

    QComboBox* from() const { return from_; }

    QComboBox* to() const { return to_; }

Q_SIGNALS:
    void taken(const QString& prompt);

private:
    QComboBox* dialectBox(diffusion::Dialect chosen, const QString& name);
    void compare();

    QString prompt_;
    QString translated_;
    QComboBox* from_;
    QComboBox* to_;
    QTextEdit* before_;
    QTextEdit* after_;
    QLabel* note_;
    QPushButton* take_;
};

}  // namespace ui
