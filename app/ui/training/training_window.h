#pragma once

// The window for trainings: those that there are, their pictures, what they are told, and how they
// go. Layout, and which training is shown; what is done is in training_desk.h.

#include "app/ui/hardware.h"
#include "app/ui/training/plan_pane.h"
#include "app/ui/training/training_desk.h"
#include "app/ui/workbench.h"

#include <QWidget>

class QListWidget;

namespace ui {

class ErrorBanner;
class PicturesPane;
class RunPane;
class Toaster;
class TrainingList;

class TrainingWindow : public QWidget {
    Q_OBJECT

public:
    TrainingWindow(Workbench& bench, TrainingDesk& desk, QWidget* parent);

    /// Shows this one; empty: a new one.
    void choose(const QString& name);

    /// Of the training that is shown; empty: it has not begun.
    const QString& shown() const { return shown_; }

    /// Why the training that is shown can't be started; empty: it can.
    QString obstacle() const;

    /// Starts the training that is shown, or goes on with it.
    void start();

    QListWidget* list() const;

    TrainingList* trainings() const { return list_; }

    Toaster* news() const { return news_; }

    PicturesPane* pictures() const { return pictures_; }

    PlanPane* plan() const { return plan_; }

    RunPane* run() const { return run_; }

    ErrorBanner* banner() const { return banner_; }

Q_SIGNALS:
    /// Its result shall be used now.
    void used(const ui::TrainingPlan& plan);

protected:
    void showEvent(QShowEvent* event) override;

private:
    void layOut();
    void connectParts();
    void connectDesk();
    void connectMoves();
    /// Shows plan as it stands in the training, or the one that is being made.
    void refreshShown();
    void takeEdit();
    /// What the plan's model and its memory stand in the way of; empty: nothing.
    QString modelObstacle() const;
    /// Says anew what memory it takes and what stands in its way.
    void showNeeds();
    qint64 bytesNeeded() const;
    bool isOnGpu() const;
    void tellTrouble(const QString& name, const QString& message);

    Workbench& bench_;
    TrainingDesk& desk_;
    TrainingList* list_;
    ErrorBanner* banner_;
    PicturesPane* pictures_;
    PlanPane* plan_;
    RunPane* run_;
    Toaster* news_;
    TrainingPlan draft_ = newTrainingPlan();  ///< of the one that has not begun
    const Hardware hardware_ = readHardware();
    QString shown_;
    QString starting_;  ///< was asked for and has no process yet
};

}  // namespace ui
