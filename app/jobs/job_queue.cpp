#include "app/jobs/job_queue.h"

#include "app/codec/request_json.h"
#include "app/codec/text.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>
#include <array>
#include <cassert>

namespace jobs {
namespace {

using diffusion::ErrorKind;

/// A job that ended the program this many times without a step forward is not tried again by itself.
constexpr int mostAttempts = 3;

constexpr std::array states{JobState::queued,   JobState::running, JobState::suspended,
                            JobState::finished, JobState::failed,  JobState::cancelled};

JobState stateOf(const QString& name) {
    const auto found = std::find_if(states.begin(), states.end(), [&](JobState state) {
        return name == QLatin1String(nameOf(state));
    });
    return found == states.end() ? JobState::failed : *found;
}

QStringList migrations() {
    return {QStringLiteral(
        "CREATE TABLE jobs (id INTEGER PRIMARY KEY AUTOINCREMENT, request TEXT NOT NULL, "
        "state TEXT NOT NULL, pictures INTEGER NOT NULL DEFAULT 0, "
        "attempts INTEGER NOT NULL DEFAULT 0, error TEXT NOT NULL DEFAULT '', "
        "created TEXT NOT NULL)"),
            QStringLiteral("ALTER TABLE jobs ADD COLUMN position INTEGER NOT NULL DEFAULT 0"),
            QStringLiteral("UPDATE jobs SET position = id"),
            QStringLiteral("ALTER TABLE jobs ADD COLUMN steps INTEGER NOT NULL DEFAULT 0")};
}

std::unique_ptr<QLockFile> lockJournal(const QString& journal) {
    if (journal == QStringLiteral(":memory:")) return nullptr;
    QDir().mkpath(QFileInfo(journal).absolutePath());
    auto lock = std::make_unique<QLockFile>(journal + QStringLiteral(".lock"));
    lock->setStaleLockTime(0);
    if (lock->tryLock()) return lock;
    const auto reason =
        lock->error() == QLockFile::LockFailedError
            ? QStringLiteral("another Atelier that uses it; close that one or give --data")
            : QStringLiteral("a folder that can't be written");
    throw diffusion::Error(
        ErrorKind::cannot_write,
        codec::toUtf8(journal + QStringLiteral(": expected the queue to be free, found ") + reason +
                      QLatin1Char('.')));
}

}  // namespace

const char* nameOf(JobState state) {
    switch (state) {
        case JobState::queued:
            return "queued";
        case JobState::running:
            return "running";
        case JobState::suspended:
            return "suspended";
        case JobState::finished:
            return "finished";
        case JobState::failed:
            return "failed";
        case JobState::cancelled:
            return "cancelled";
    }
    return "";
}

JobQueue::JobQueue(const QString& journal, QObject* parent)
    : QObject(parent),
      lock_(lockJournal(journal)),
      journal_(std::make_unique<storage::Sqlite>(journal)) {
    if (lock_) stepsFolder_ = QFileInfo(journal).absoluteDir().filePath(QStringLiteral("steps"));
    journal_->migrate(migrations());
    readJournal();
    removeStrayFiles();
}

JobQueue::~JobQueue() = default;

JobId JobQueue::add(const diffusion::GenerationRequest& request, Place place) {
    Job job;
    job.request = request;
    job.created = QDateTime::currentDateTimeUtc();
    const auto edge = place == Place::back ? QStringLiteral("MAX(position) + 1")
                                           : QStringLiteral("MIN(position) - 1");
    const auto query = journal_->run(
        QStringLiteral("INSERT INTO jobs (request, state, created, position) "
                       "SELECT ?, ?, ?, COALESCE(%1, 0) FROM jobs").arg(edge),
        {codec::fromUtf8(codec::requestToText(request)), QString::fromLatin1(nameOf(job.state)),
         job.created.toString(Qt::ISODateWithMs)});
    job.id = query.lastInsertId().toLongLong();
    if (place == Place::back)
        jobs_.append(job);
    else
        jobs_.prepend(job);
    Q_EMIT added(job);
    return job.id;
}

std::optional<Job> JobQueue::find(JobId id) const {
    for (const auto& job : jobs_)
        if (job.id == id) return job;
    return std::nullopt;
}

std::optional<Job> JobQueue::next() const {
    for (const auto& job : jobs_)
        if (job.state == JobState::queued) return job;
    return std::nullopt;
}

void JobQueue::move(JobId id, JobId before) {
    const auto indexOf = [this](JobId wanted) {
        const auto found = std::find_if(jobs_.cbegin(), jobs_.cend(),
                                        [&](const Job& job) { return job.id == wanted; });
        return found - jobs_.cbegin();
    };
    const auto from = indexOf(id);
    if (id == before || from == jobs_.size()) return;
    const auto former = jobs_;
    const auto job = jobs_.takeAt(from);
    jobs_.insert(indexOf(before), job);
    try {
        writeOrder();
    } catch (const diffusion::Error&) {
        jobs_ = former;
        throw;
    }
    Q_EMIT moved();
}

void JobQueue::writeOrder() {
    journal_->run(QStringLiteral("BEGIN IMMEDIATE"));
    try {
        for (qsizetype i = 0; i < jobs_.size(); ++i)
            journal_->run(QStringLiteral("UPDATE jobs SET position = ? WHERE id = ?"),
                          {i, jobs_[i].id});
        journal_->run(QStringLiteral("COMMIT"));
    } catch (const diffusion::Error&) {
        journal_->run(QStringLiteral("ROLLBACK"));
        throw;
    }
}

QString JobQueue::stepsFile(JobId id) const {
    if (stepsFolder_.isEmpty()) return {};
    return QStringLiteral("%1/%2.steps").arg(stepsFolder_).arg(id);
}

qint64 JobQueue::stepsSize(JobId id) const {
    return stepsFolder_.isEmpty() ? 0 : QFileInfo(stepsFile(id)).size();
}

void JobQueue::removeStrayFiles() const {
    if (stepsFolder_.isEmpty()) return;
    QDir folder(stepsFolder_);
    folder.mkpath(QStringLiteral("."));
    for (const auto& name : folder.entryList({QStringLiteral("*.steps")}, QDir::Files)) {
        const auto job = find(name.chopped(6).toLongLong());
        if (!job || job->isOver()) folder.remove(name);
    }
}

void JobQueue::markRunning(JobId id) {
    auto job = require(id);
    job.state = JobState::running;
    ++job.attempts;
    journal_->run(QStringLiteral("UPDATE jobs SET steps = ? WHERE id = ?"), {stepsSize(id), id});
    change(job);
}

void JobQueue::markWaiting(JobId id) {
    auto job = require(id);
    job.state = JobState::queued;
    --job.attempts;
    change(job);
}

void JobQueue::markSuspended(JobId id) {
    auto job = require(id);
    if (job.state == JobState::running) --job.attempts;
    job.state = JobState::suspended;
    change(job);
}

void JobQueue::markQueued(JobId id) {
    auto job = require(id);
    job.state = JobState::queued;
    job.attempts = 0;
    job.error.clear();
    change(job);
}

void JobQueue::markPicture(JobId id) {
    auto job = require(id);
    ++job.pictures;
    job.attempts = 1;
    change(job);
}

void JobQueue::markSkipped(JobId id, int pictures) {
    auto job = require(id);
    job.state = JobState::queued;
    job.pictures = std::max(job.pictures, pictures);
    --job.attempts;
    change(job);
}

void JobQueue::markFinished(JobId id) {
    auto job = require(id);
    job.state = JobState::finished;
    change(job);
}

void JobQueue::markFailed(JobId id, ErrorKind kind, const QString& message) {
    auto job = require(id);
    job.state = JobState::failed;
    job.errorKind = kind;
    job.error = message;
    change(job);
}

void JobQueue::markCancelled(JobId id) {
    auto job = require(id);
    job.state = JobState::cancelled;
    change(job);
}

void JobQueue::readJournal() {
    journal_->run(QStringLiteral(
        "DELETE FROM jobs WHERE state NOT IN ('queued', 'running', 'suspended')"));
    auto rows = journal_->run(QStringLiteral(
        "SELECT id, request, state, pictures, attempts, created, steps, error FROM jobs "
        "ORDER BY position, id"));
    QList<Job> interrupted;
    while (rows.next()) {
        Job job;
        job.id = rows.value(0).toLongLong();
        job.request = codec::readableFields(
            nlohmann::ordered_json::parse(codec::toUtf8(rows.value(1).toString()), nullptr, false));
        job.state = stateOf(rows.value(2).toString());
        job.pictures = rows.value(3).toInt();
        job.attempts = rows.value(4).toInt();
        job.created = QDateTime::fromString(rows.value(5).toString(), Qt::ISODateWithMs);
        job.error = rows.value(7).toString();
        jobs_.append(job);
        if (job.state != JobState::running) continue;
        if (stepsSize(job.id) > rows.value(6).toLongLong()) job.attempts = 0;
        interrupted.append(job);
    }
    rows.finish();
    for (auto& job : interrupted) {
        job.state = job.attempts < mostAttempts ? JobState::queued : JobState::suspended;
        if (job.state == JobState::suspended)
            job.error = QStringLiteral("The program ended %1 times while it made this picture.")
                            .arg(job.attempts);
        change(job);
    }
}

void JobQueue::change(Job job) {
    journal_->run(
        QStringLiteral(
            "UPDATE jobs SET state = ?, pictures = ?, attempts = ?, error = ? WHERE id = ?"),
        {QString::fromLatin1(nameOf(job.state)), job.pictures, job.attempts, job.error, job.id});
    const auto place = std::find_if(jobs_.begin(), jobs_.end(),
                                    [&](const Job& other) { return other.id == job.id; });
    assert(place != jobs_.end());
    *place = job;
    if (job.isOver() && !stepsFolder_.isEmpty()) QFile::remove(stepsFile(job.id));
    Q_EMIT changed(job);
}

Job JobQueue::require(JobId id) const {
    const auto job = find(id);
    assert(job);
    return *job;
}

}  // namespace jobs
