#pragma once

// What a trainer said: its lines of JSON, one after the other, as one value.

#include <QByteArray>
#include <QList>
#include <QString>
#include <QStringList>

namespace ui {

struct LossPoint {
    qint64 step = 0;
    double loss = 0;

    bool operator==(const LossPoint&) const = default;
};

struct TrainingReport {
    qint64 step = 0;
    double loss = -1;  ///< smoothed; negative while unknown
    double picturesPerSecond = 0;
    double secondsLeft = -1;  ///< negative while unknown
    QString message;          ///< the last one, as the trainer writes it
    QList<LossPoint> curve;   ///< of all runs, by step
    QString sheet;            ///< file of the newest sample sheet; empty: none yet
    QStringList leftOut;      ///< what it said of pictures that it can't use
    QString error;            ///< what ended the run; empty: nothing did
    bool isWritten = false;   ///< the run ended with a result

    /// One line without its end. A line that says nothing known changes nothing.
    void take(const QByteArray& line);
};

/// The line that stands in the log before those of each run.
QByteArray startLine();

}  // namespace ui
