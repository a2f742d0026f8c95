#include "app/ui/training/training_journal.h"

#include "app/codec/text.h"
#include "app/storage/atomic_file.h"
#include "diffusion/error.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <nlohmann/json.hpp>

namespace ui {
namespace {

QByteArray journalOf(const TrainingPlan& plan, const ProcessMark& process) {
    auto document = nlohmann::ordered_json::parse(toJson(plan).toStdString());
    document["process"] = {{"id", process.id}, {"started", process.started}};
    return QByteArray::fromStdString(document.dump(2)) + '\n';
}

ProcessMark processFromJson(const QByteArray& json) {
    const auto document = nlohmann::json::parse(json.begin(), json.end(), nullptr, false);
    ProcessMark mark;
    if (!document.is_object()) return mark;
    const auto found = document.find("process");
    if (found == document.end() || !found->is_object()) return mark;
    const auto numberOf = [&](const char* key) {
        const auto value = found->find(key);
        return value != found->end() && value->is_number_integer() ? value->get<qint64>() : 0;
    };
    return {numberOf("id"), numberOf("started")};
}

/// The log names files as they were called then; the folder may have another name by now.
void followFolder(TrainingReport& report, const QString& folder) {
    for (auto& sheet : report.sheets)
        if (!sheet.file.startsWith(folder + QLatin1Char('/')))
            sheet.file = folder + QStringLiteral("/sheets/") + QFileInfo(sheet.file).fileName();
}

void move(const QString& from, const QString& to) {
    if (QFileInfo::exists(to))
        throw diffusion::Error(diffusion::ErrorKind::cannot_write,
                               codec::toUtf8(to) + ": can't be written: there is one already.");
    if (!QFile::rename(from, to))
        throw diffusion::Error(diffusion::ErrorKind::cannot_write,
                               codec::toUtf8(to) + ": can't be written: " + codec::toUtf8(from) +
                                   " could not get this name.");
}

}  // namespace

bool Training::isFinished() const {
    if (isRunning || !report.isWritten) return false;
    return plan.request.steps == 0 || report.step >= plan.request.steps;
}

QByteArray linesFrom(const QString& log, qint64 position) {
    QFile file(log);
    if (!file.open(QIODevice::ReadOnly) || !file.seek(position)) return {};
    const auto text = file.read(mostLogBytes);
    return text.left(text.lastIndexOf('\n') + 1);
}

void takeLines(Training& training, const TrainingPlaces& places, const QByteArray& text) {
    for (const auto& line : text.split('\n'))
        if (!line.isEmpty()) training.report.take(line);
    training.readBytes += text.size();
    followFolder(training.report, places.work(training.plan.name));
}

void writeJournal(const TrainingPlaces& places, const TrainingPlan& plan,
                  const ProcessMark& process) {
    storage::writeFile(places.journal(plan.name), journalOf(plan, process),
                       storage::IfTaken::replace);
}

Training readTraining(const TrainingPlaces& places, const QString& name) {
    Training training;
    QFile journal(places.journal(name));
    if (!journal.open(QIODevice::ReadOnly)) return training;
    const auto json = journal.readAll();
    auto plan = planFromJson(json);
    if (!plan) return training;
    // A folder that was renamed is the training still, a copy of one is none of its own.
    if (plan->name != name && (QFileInfo::exists(places.work(plan->name)) || !isTrainingName(name)))
        return training;
    plan->name = name;
    training.plan = *plan;
    training.process = processFromJson(json);
    training.isRunning = isRunning(training.process);
    for (;;) {
        const auto text = linesFrom(places.log(name), training.readBytes);
        if (text.isEmpty()) break;
        takeLines(training, places, text);
    }
    return training;
}

QList<Training> readTrainings(const TrainingPlaces& places) {
    QList<Training> trainings;
    const QDir folder(places.allWork());
    for (const auto& name : folder.entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name))
        if (const auto training = readTraining(places, name); !training.plan.name.isEmpty())
            trainings << training;
    return trainings;
}

void renameTraining(const TrainingPlaces& places, const Training& training, const QString& to) {
    auto next = training.plan;
    next.name = to;
    const auto folder = places.work(training.plan.name), newFolder = places.work(to);
    const auto result = places.result(training.plan), newResult = places.result(next);
    const bool hasResult = QFileInfo::exists(result);
    if (hasResult) move(result, newResult);
    bool hasMoved = false;
    try {
        move(folder, newFolder);
        hasMoved = true;
        writeJournal(places, next, training.process);
    } catch (const diffusion::Error&) {
        if (hasMoved) QFile::rename(newFolder, folder);
        if (hasResult) QFile::rename(newResult, result);
        throw;
    }
}

}  // namespace ui
