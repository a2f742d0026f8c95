#pragma once

// A training as its folder keeps it: the journal, and what the trainer said. All but values reads or
// writes the disk, so it is asked on a thread of its own.

#include "app/ui/training/trainer_process.h"
#include "app/ui/training/training_plan.h"
#include "app/ui/training/training_report.h"

#include <QList>

namespace ui {

struct Training {
    TrainingPlan plan = {};
    TrainingReport report = {};
    ProcessMark process = {};  ///< of the run that was started last
    bool isRunning = false;
    bool isStopping = false;  ///< it was asked to end
    bool isMoving = false;    ///< it is being renamed
    qint64 readBytes = 0;     ///< of its log

    /// It reached its last step.
    bool isFinished() const;

    /// It ended before, and goes on from its last state.
    bool isStopped() const { return !isRunning && !isFinished(); }
};

/// What linesFrom gives in one go.
constexpr qint64 mostLogBytes = 8 << 20;

/// What the log holds from there on, whole lines only.
QByteArray linesFrom(const QString& log, qint64 position);

/// Takes what its log has more.
void takeLines(Training& training, const TrainingPlaces& places, const QByteArray& text);

/// Throws Error (cannot_write).
void writeJournal(const TrainingPlaces& places, const TrainingPlan& plan,
                  const ProcessMark& process);

/// What lies in the training's folder; its plan has no name where that is no training's.
Training readTraining(const TrainingPlaces& places, const QString& name);

/// By name.
QList<Training> readTrainings(const TrainingPlaces& places);

/// Gives the training's folder and its result the other name: all or nothing. Throws Error
/// (cannot_write).
void renameTraining(const TrainingPlaces& places, const Training& training, const QString& to);

}  // namespace ui
