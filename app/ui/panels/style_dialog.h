#pragma once

// Name and words of a style before it is kept.

#include "diffusion/text/styles.h"

#include <QDialog>

class QLineEdit;
class QPlainTextEdit;
class QPushButton;

namespace ui {

class StyleDialog : public QDialog {
    Q_OBJECT

public:
    StyleDialog(const diffusion::Style& style, QWidget* parent);

Q_SIGNALS:
    void kept(const diffusion::Style& style);

private:
    QLineEdit* name_;
    QPlainTextEdit* prompt_;
    QPlainTextEdit* negative_;
    QPushButton* keep_;
};

}  // namespace ui
