#pragma once

// How a training goes: its progress, the loss, the samples, what was left out, and what can
// be done with it now.

#include "app/ui/training/training_desk.h"

#include <QWidget>

class QLabel;
class QListWidget;
class QPushButton;

namespace ui {

class LossPlot;
class SamplesView;

/// How far it is, as a bar; a part of it where that is unknown.
class TrainingBar : public QWidget {
    Q_OBJECT

public:
    TrainingBar();

    /// 0 ... 1; negative: unknown.
    void setShare(double share);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    double share_ = 0;
};

class RunPane : public QWidget {
    Q_OBJECT

public:
    RunPane();

    /// What is known of the training that is shown; null: it has not begun.
    void show(const Training* training, bool hasResult);
    using QWidget::show;
    /// Why it can't be started; empty: it can.
    void setObstacle(const QString& obstacle);
    /// It was started a moment ago, and its process is not there yet.
    void setStarting(bool isStarting);

    QPushButton* startButton() const { return start_; }

    QPushButton* stopButton() const { return stop_; }

    QPushButton* useButton() const { return use_; }

    LossPlot* plot() const { return plot_; }

    SamplesView* samples() const { return samples_; }

    QListWidget* leftOut() const { return leftOut_; }

    QString words() const;

Q_SIGNALS:
    void startAsked();
    void stopAsked();
    void useAsked();

private:
    void refresh();
    void showButtons();

    std::optional<Training> training_;
    bool hasResult_ = false;
    bool isStarting_ = false;
    QString obstacle_;
    QPushButton* start_;
    QPushButton* stop_;
    QPushButton* use_;
    QLabel* words_;
    TrainingBar* bar_;
    LossPlot* plot_;
    SamplesView* samples_;
    QLabel* leftOutTitle_;
    QListWidget* leftOut_;
};

/// "step 120 of 1000 · loss 0.1234 · 3.1 pictures/s · 4 min 12 s left", or what it does or did.
QString progressWords(const Training& training);

/// "running", "stopped at step 120", "finished".
QString stateWords(const Training& training);

}  // namespace ui
