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

/// What a model in training made of the sample prompts.
struct SampleSheet {
    qint64 step = 0;
    QString file;
    /// In the order of its pictures; empty: they show the first captions.
    QStringList prompts;

    bool operator==(const SampleSheet&) const = default;
};

struct TrainingReport {
    qint64 step = 0;
    double loss = -1;  ///< smoothed; negative while unknown
    double picturesPerSecond = 0;
    double secondsLeft = -1;  ///< negative while unknown
    QString message;          ///< the last one, as the trainer writes it
    QList<LossPoint> curve;   ///< of all runs, by step
    QStringList prompts;      ///< of this run's samples; empty: the first captions
    QList<SampleSheet> sheets;  ///< of all runs, by step
    QStringList leftOut;      ///< what it said of pictures that it can't use
    QString error;            ///< what ended the run; empty: nothing did
    bool isWritten = false;   ///< the run ended with a result

    /// One line without its end. A line that says nothing known changes nothing.
    void take(const QByteArray& line);
};

/// The line that stands in the log before those of each run, with the prompts of its samples.
QByteArray startLine(const QStringList& prompts = {});

}  // namespace ui
