#pragma once

// Says what went wrong at the region that it concerns, and stays until it is closed or mended.

#include "app/ui/workbench.h"

#include <QWidget>

class QLabel;
class QPushButton;

namespace ui {

class ErrorBanner : public QWidget {
    Q_OBJECT

public:
    ErrorBanner();

    void show(const Trouble& trouble);
    /// Of what is no trouble of the request's; can't be tried again here.
    void show(const QString& title, const QString& message);
    /// Hides it if it says this.
    void mend(Trouble::What what);

Q_SIGNALS:
    /// The cure was pressed.
    void retried(const ui::Trouble& trouble);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QLabel* title_;
    QLabel* message_;
    QPushButton* retry_;
    Trouble trouble_;
};

}  // namespace ui
