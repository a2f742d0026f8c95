#pragma once

// The order and the states of all jobs, journalled in SQLite: every change is on the disk before
// anybody acts on it, so a program that dies loses no request. One process owns a journal at a
// time.

#include "app/jobs/job.h"
#include "app/storage/sqlite.h"

#include <QList>
#include <QLockFile>
#include <QObject>

#include <memory>
#include <optional>

namespace jobs {

/// Where a new job is put among those that wait.
enum class Place { front, back };

class JobQueue : public QObject {
    Q_OBJECT

public:
    /// Opens or makes the journal; ":memory:" keeps none. Jobs that ran when the program ended
    /// are queued again, or suspended when they ended it three times without a step forward; those that
    /// were over are forgotten.
    /// Throws Error cannot_write: unwritable, not a journal, or owned by another process.
    explicit JobQueue(const QString& journal, QObject* parent = nullptr);
    ~JobQueue() override;

    /// Throws Error cannot_write; then nothing was queued.
    JobId add(const diffusion::GenerationRequest& request, Place place = Place::back);

    /// In the order in which they run.
    const QList<Job>& jobs() const { return jobs_; }

    std::optional<Job> find(JobId id) const;
    /// The first job that waits.
    std::optional<Job> next() const;

    /// Puts a job before another one, or last for 0. What runs or is over may be moved too; it means
    /// nothing.
    void move(JobId id, JobId before);

    /// The file that keeps the half-made picture of a job; empty where the journal is not kept. It is
    /// removed when the job is over.
    QString stepsFile(JobId id) const;

    void markRunning(JobId id);
    /// Back into the queue: the program ends in good order while the job runs.
    void markWaiting(JobId id);
    /// The running job or one that waits is put aside until markQueued.
    void markSuspended(JobId id);
    /// A job that is suspended, failed or was cancelled waits again, with what it has made.
    void markQueued(JobId id);
    void markPicture(JobId id);
    /// The job waits again and goes on with this picture.
    void markSkipped(JobId id, int pictures);
    void markFinished(JobId id);
    void markFailed(JobId id, diffusion::ErrorKind kind, const QString& message);
    void markCancelled(JobId id);

Q_SIGNALS:
    void added(const jobs::Job& job);
    void changed(const jobs::Job& job);
    /// jobs() has another order.
    void moved();

private:
    void readJournal();
    qint64 stepsSize(JobId id) const;
    void removeStrayFiles() const;
    void writeOrder();
    /// Writes the job as it shall be, then makes it so.
    void change(Job job);
    Job require(JobId id) const;

    std::unique_ptr<QLockFile> lock_;  // before the journal: closed after it
    std::unique_ptr<storage::Sqlite> journal_;
    QString stepsFolder_;  // empty: none are kept
    QList<Job> jobs_;
};

}  // namespace jobs
