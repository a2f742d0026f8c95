#include "app/ui/training/trainer_process.h"

#include "app/codec/text.h"
#include "diffusion/error.h"

#include <QFile>
#include <QProcess>

#include <csignal>

namespace ui {
namespace {

/// When the process began, in ticks since the computer did; 0: there is none.
qint64 startOf(qint64 id) {
    QFile file(QStringLiteral("/proc/%1/stat").arg(id));
    if (!file.open(QIODevice::ReadOnly)) return 0;
    const auto text = file.readAll();
    // The name in brackets may hold anything; behind it stand state, parent and so on.
    const auto fields = text.mid(text.lastIndexOf(')') + 2).split(' ');
    constexpr int state = 0, start = 19;
    if (fields.size() <= start || fields[state] == "Z" || fields[state] == "X") return 0;
    return fields[start].toLongLong();
}

}  // namespace

ProcessMark startTrainer(const QString& program, const QStringList& arguments, const QString& log,
                         const QString& errors) {
    QProcess process;
    process.setProgram(program);
    process.setArguments(arguments);
    process.setStandardInputFile(QProcess::nullDevice());
    process.setStandardOutputFile(log, QIODevice::Append);
    process.setStandardErrorFile(errors, QIODevice::Truncate);
    ProcessMark mark;
    if (!process.startDetached(&mark.id))
        throw diffusion::Error(diffusion::ErrorKind::internal,
                               codec::toUtf8(program) + ": can't be started: " +
                                   codec::toUtf8(process.errorString()) + ".");
    mark.started = startOf(mark.id);
    return mark;
}

bool isRunning(const ProcessMark& process) {
    return process.id > 0 && process.started > 0 && startOf(process.id) == process.started;
}

void interruptTrainer(const ProcessMark& process) {
    if (isRunning(process)) ::kill(static_cast<pid_t>(process.id), SIGINT);
}

}  // namespace ui
