#pragma once

// The trainer as a process of its own: the program itself with other arguments. It is nobody's
// child, so that neither takes the other along when it ends, and it is found again by the mark that
// the journal keeps. What it says goes to files. Everything here may wait for the disk.

#include <QString>
#include <QStringList>

namespace ui {

/// A process, never mixed up with a later one of the same number.
struct ProcessMark {
    qint64 id = 0;
    qint64 started = 0;  ///< as the system counts

    bool operator==(const ProcessMark&) const = default;
};

/// Appends what it says to log, and writes its complaints to errors. Throws Error (cannot_write,
/// internal) that names what could not be started.
ProcessMark startTrainer(const QString& program, const QStringList& arguments, const QString& log,
                         const QString& errors);

bool isRunning(const ProcessMark& process);

/// Asks it to save and end; asked a second time it ends at once. Nothing happens if it is gone.
void interruptTrainer(const ProcessMark& process);

}  // namespace ui
