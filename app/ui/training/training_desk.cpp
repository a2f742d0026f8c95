#include "app/ui/training/training_desk.h"

#include "app/codec/picture_reader.h"
#include "app/codec/text.h"
#include "app/storage/atomic_file.h"
#include "diffusion/error.h"

#include <QDir>
#include <QFile>

#include <algorithm>
#include <utility>

namespace ui {
namespace {

constexpr int millisecondsBetweenLooks = 300;

/// The last thing that the trainer complained of, in the words of its command line.
QString lastComplaint(const QString& errors) {
    QFile file(errors);
    if (!file.open(QIODevice::ReadOnly)) return {};
    file.seek(std::max<qint64>(0, file.size() - 4096));
    const auto lines = QString::fromUtf8(file.readAll()).trimmed().split(QLatin1Char('\n'));
    const auto program = QStringLiteral("atelier: ");
    return lines.last().startsWith(program) ? lines.last().mid(program.size()) : lines.last();
}

QSet<QString> readResults(const TrainingPlaces& places) {
    QSet<QString> files;
    for (const char* name : {"lora", "embeddings"}) {
        const QDir folder(places.data + QLatin1Char('/') + QLatin1String(name));
        for (const auto& file : folder.entryList(QDir::Files)) files << folder.filePath(file);
    }
    return files;
}

QStringList promptsOf(const TrainingPlan& plan) {
    QStringList prompts;
    for (const auto& prompt : plan.lessons().sample_prompts) prompts << codec::fromUtf8(prompt);
    return prompts;
}

void appendStart(const QString& log, const TrainingPlan& plan) {
    QFile file(log);
    if (!file.open(QIODevice::Append) || file.write(startLine(promptsOf(plan))) < 0)
        throw diffusion::Error(
            diffusion::ErrorKind::cannot_write,
            codec::toUtf8(log) + ": can't be written: " + codec::toUtf8(file.errorString()) + ".");
}

}  // namespace

TrainingDesk::TrainingDesk(QString data, QString program, QObject* parent)
    : QObject(parent), places_{std::move(data)}, program_(std::move(program)) {
    pool_.setMaxThreadCount(1);
    timer_.setInterval(millisecondsBetweenLooks);
    connect(&timer_, &QTimer::timeout, this, &TrainingDesk::poll);
}

TrainingDesk::~TrainingDesk() {
    // A caption that was typed last is among what is still to be done.
    pool_.waitForDone();
}

void TrainingDesk::tell(std::function<void()> what) {
    QMetaObject::invokeMethod(this, std::move(what), Qt::QueuedConnection);
}

void TrainingDesk::work(const QString& name, std::function<void()> what) {
    pool_.start([this, name, what = std::move(what)] {
        try {
            what();
        } catch (const diffusion::Error& error) {
            tell([this, name, message = codec::fromUtf8(error.what())] {
                Q_EMIT failed(name, message);
            });
        }
    });
}

void TrainingDesk::open() {
    if (std::exchange(isAsked_, true)) return;
    work({}, [this, places = places_] {
        const auto trainings = readTrainings(places);
        const auto results = readResults(places);
        tell([this, trainings, results] {
            trainings_ = trainings;
            results_ = results;
            isRead_ = true;
            followRuns();
            Q_EMIT listChanged();
        });
    });
}

Training* TrainingDesk::known(const QString& name) {
    const auto found = std::find_if(trainings_.begin(), trainings_.end(),
                                    [&](const Training& each) { return each.plan.name == name; });
    return found == trainings_.end() ? nullptr : &*found;
}

Training* TrainingDesk::insert(const Training& training) {
    const auto place =
        std::find_if(trainings_.begin(), trainings_.end(), [&](const Training& each) {
            return each.plan.name > training.plan.name;
        });
    return &*trainings_.insert(place, training);
}

const Training* TrainingDesk::find(const QString& name) const {
    return const_cast<TrainingDesk*>(this)->known(name);
}

bool TrainingDesk::isTaken(const TrainingPlan& plan) const {
    return find(plan.name) || results_.contains(places_.result(plan));
}

bool TrainingDesk::hasResult(const TrainingPlan& plan) const {
    return results_.contains(places_.result(plan));
}

const Training* TrainingDesk::running() const {
    const auto found = std::find_if(trainings_.begin(), trainings_.end(),
                                    [](const Training& each) { return each.isRunning; });
    return found == trainings_.end() ? nullptr : &*found;
}

void TrainingDesk::start(const TrainingPlan& plan) {
    work(plan.name, [this, plan, places = places_, program = program_] {
        storage::requireWritableFolder(places.work(plan.name));
        const auto log = places.log(plan.name);
        const qint64 position = QFile(log).size();
        appendStart(log, plan);
        // Before it runs: whatever happens then, the training is known.
        writeJournal(places, plan, {});
        const auto process =
            startTrainer(program, trainerArguments(plan, places), log, places.errors(plan.name));
        tell([this, plan, process, position] { takeStart(plan, process, position); });
        writeJournal(places, plan, process);
    });
}

void TrainingDesk::takeStart(const TrainingPlan& plan, const ProcessMark& process,
                             qint64 position) {
    auto* training = known(plan.name);
    if (!training) {
        training = insert(Training{.plan = plan});
        training->readBytes = position;
    }
    training->plan = plan;
    training->process = process;
    training->isRunning = true;
    training->isStopping = false;
    followRuns();
    Q_EMIT listChanged();
}

void TrainingDesk::stop(const QString& name) {
    auto* training = known(name);
    if (!training || !training->isRunning) return;
    training->isStopping = true;
    work(name, [process = training->process] { interruptTrainer(process); });
    Q_EMIT changed(name);
}

void TrainingDesk::followRuns() {
    if (running())
        timer_.start();
    else
        timer_.stop();
}

void TrainingDesk::poll() {
    if (isPolling_) return;
    QList<std::pair<News, ProcessMark>> asked;
    for (const auto& each : std::as_const(trainings_))
        if (each.isRunning)
            asked.append({News{each.plan.name, {}, true, each.readBytes, {}}, each.process});
    isPolling_ = true;
    work({}, [this, asked, places = places_]() mutable {
        for (auto& [news, process] : asked) {
            // In this order: what it said last is read after it was seen to be gone.
            news.isRunning = isRunning(process);
            news.text = linesFrom(places.log(news.name), news.position);
            if (!news.isRunning) news.complaint = lastComplaint(places.errors(news.name));
        }
        tell([this, asked] {
            isPolling_ = false;
            for (const auto& [news, process] : asked) take(news);
        });
    });
}

void TrainingDesk::take(const News& news) {
    auto* training = known(news.name);
    if (!training || training->readBytes != news.position) return;
    if (news.text.isEmpty() && news.isRunning) return;
    takeLines(*training, places_, news.text);
    // A long log comes in parts; the end is told when all of it was read.
    training->isRunning = news.isRunning || news.text.size() > mostLogBytes / 2;
    if (!training->isRunning) return end(*training, news.complaint);
    Q_EMIT changed(news.name);
}

void TrainingDesk::end(Training& training, const QString& complaint) {
    const bool wasAsked = std::exchange(training.isStopping, false);
    const auto name = training.plan.name;
    auto error = training.report.error;
    if (training.report.isWritten)
        results_ << places_.result(training.plan);
    else if (error.isEmpty() && !wasAsked)
        error = complaint.isEmpty()
                    ? tr("The trainer ended without saying why. What it last saved is kept.")
                    : complaint;
    followRuns();
    Q_EMIT changed(name);
    if (!error.isEmpty()) Q_EMIT failed(name, error);
}

void TrainingDesk::readFolder(const QString& path) {
    wanted_ = path;
    work({}, [this, path] {
        const auto folder = readCaptionFolder(path);
        tell([this, folder] {
            if (folder.path == wanted_) Q_EMIT folderRead(folder);
        });
    });
}

void TrainingDesk::saveCaption(const QString& picture, const QString& caption) {
    work({}, [this, picture, caption] {
        writeCaption(picture, caption);
        tell([this, picture, caption] { Q_EMIT captionSaved(picture, caption.trimmed()); });
    });
}

void TrainingDesk::addTo(const QString& folder, const QStringList& pictures) {
    work({}, [this, folder, pictures] {
        const auto left = addPictures(folder, pictures);
        tell([this, folder, left] {
            if (!left.isEmpty()) Q_EMIT notAdded(left);
            if (folder == wanted_) readFolder(folder);
        });
    });
}

void TrainingDesk::examine(const QString& picture) {
    work({}, [this, picture] {
        try {
            app::codec::readPicture(codec::toUtf8(picture));
        } catch (const diffusion::Error& error) {
            tell([this, picture, reason = codec::fromUtf8(error.what())] {
                Q_EMIT broken(picture, reason);
            });
        }
    });
}

}  // namespace ui
