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

/// A job that ended the program this many times is not tried again.
constexpr int mostAttempts = 3;

constexpr std::array states{JobState::queued, JobState::running, JobState::finished,
                            JobState::failed, JobState::cancelled};

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
        "created TEXT NOT NULL)")};
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
    journal_->migrate(migrations());
    readJournal();
}

JobQueue::~JobQueue() = default;

JobId JobQueue::add(const diffusion::GenerationRequest& request) {
    Job job;
    job.request = request;
    job.created = QDateTime::currentDateTimeUtc();
    const auto query = journal_->run(
        QStringLiteral("INSERT INTO jobs (request, state, created) VALUES (?, ?, ?)"),
        {codec::fromUtf8(codec::requestToText(request)), QString::fromLatin1(nameOf(job.state)),
         job.created.toString(Qt::ISODateWithMs)});
    job.id = query.lastInsertId().toLongLong();
    jobs_.append(job);
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

void JobQueue::markRunning(JobId id) {
    auto job = require(id);
    job.state = JobState::running;
    ++job.attempts;
    change(job);
}

void JobQueue::markWaiting(JobId id) {
    auto job = require(id);
    job.state = JobState::queued;
    --job.attempts;
    change(job);
}

void JobQueue::markPicture(JobId id) {
    auto job = require(id);
    ++job.pictures;
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
    journal_->run(QStringLiteral("DELETE FROM jobs WHERE state NOT IN ('queued', 'running')"));
    auto rows = journal_->run(QStringLiteral(
        "SELECT id, request, state, pictures, attempts, created FROM jobs ORDER BY id"));
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
        jobs_.append(job);
        if (job.state == JobState::running) interrupted.append(job);
    }
    rows.finish();
    for (auto& job : interrupted) {
        job.state = job.attempts < mostAttempts ? JobState::queued : JobState::failed;
        if (job.state == JobState::failed)
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
    Q_EMIT changed(job);
}

Job JobQueue::require(JobId id) const {
    const auto job = find(id);
    assert(job);
    return *job;
}

}  // namespace jobs
