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

class JobQueue : public QObject {
    Q_OBJECT

public:
    /// Opens or makes the journal; ":memory:" keeps none. Jobs that ran when the program ended are
    /// queued again, once; those that were over are forgotten.
    /// Throws Error cannot_write: unwritable, not a journal, or owned by another process.
    explicit JobQueue(const QString& journal, QObject* parent = nullptr);
    ~JobQueue() override;

    /// Throws Error cannot_write; then nothing was queued.
    JobId add(const diffusion::GenerationRequest& request);

    const QList<Job>& jobs() const { return jobs_; }

    std::optional<Job> find(JobId id) const;
    /// The oldest job that waits.
    std::optional<Job> next() const;

    void markRunning(JobId id);
    /// Back into the queue: the program ends in good order while the job runs.
    void markWaiting(JobId id);
    void markPicture(JobId id);
    void markFinished(JobId id);
    void markFailed(JobId id, diffusion::ErrorKind kind, const QString& message);
    void markCancelled(JobId id);

Q_SIGNALS:
    void added(const jobs::Job& job);
    void changed(const jobs::Job& job);

private:
    void readJournal();
    /// Writes the job as it shall be, then makes it so.
    void change(Job job);
    Job require(JobId id) const;

    std::unique_ptr<QLockFile> lock_;  // before the journal: closed after it
    std::unique_ptr<storage::Sqlite> journal_;
    QList<Job> jobs_;
};

}  // namespace jobs
