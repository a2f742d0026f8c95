#pragma once

// Generate with its key, how many pictures, and beside it what is missing or what it will cost.

#include "app/ui/actions.h"
#include "app/ui/theme/theme.h"
#include "app/ui/workbench.h"

#include <QAbstractButton>
#include <QComboBox>
#include <QWidget>

class QMenu;
class QToolButton;

namespace ui {

/// The window's one accent button; it stays hoverable when nothing can be made, to say why.
class GenerateButton : public QAbstractButton {
    Q_OBJECT

public:
    explicit GenerateButton(QAction* action);
    QSize sizeHint() const override;

    /// Empty: ready.
    void setObstacle(const QString& obstacle);
    /// How many jobs one press makes; the button says so.
    void setJobs(int jobs);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void describe();

    const QAction* action_;
    QString obstacle_;
};

/// "× 4".
class CountBox : public QComboBox {
    Q_OBJECT

public:
    explicit CountBox(RequestModel& model);
};

/// Icon and sentence: what is missing, or what the request will cost; a press tells the whole plan.
class PlanLine : public QAbstractButton {
    Q_OBJECT

public:
    explicit PlanLine(Workbench& bench);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void refresh();
    void showObstacle(const QString& obstacle);
    void showPlan();
    void tell();

    Workbench& bench_;
    QString icon_;
    QString strong_;
    QString rest_;
    theme::Token colour_;
};

class TopBar : public QWidget {
    Q_OBJECT

public:
    /// menu is opened by the first button.
    TopBar(Workbench& bench, const Actions& actions, QMenu* menu);

    GenerateButton* generate() const { return generate_; }

Q_SIGNALS:
    void themeAsked();
    void languageAsked();

private:
    static QToolButton* workspaceButton(QAction* action, const QString& name);

    GenerateButton* generate_;
};

}  // namespace ui
