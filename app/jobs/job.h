#pragma once

// A request on its way through the queue.

#include "diffusion/error.h"
#include "diffusion/request.h"

#include <QDateTime>
#include <QString>

namespace jobs {

using JobId = qint64;

/// suspended: waits with its half-made picture until somebody takes it up again.
enum class JobState { queued, running, suspended, finished, failed, cancelled };

/// "queued", as the journal spells it.
const char* nameOf(JobState state);

/// What the queue knows of a request. pictures counts those that are stored or were skipped; a job that
/// was interrupted continues behind them, because picture i grows from seed + i.
struct Job {
    JobId id = 0;
    diffusion::GenerationRequest request;
    JobState state = JobState::queued;
    int pictures = 0;
    int attempts = 0;  ///< times it was started without getting on
    QString error;     ///< sentence for the user, of a job that failed or ended the program; or empty
    diffusion::ErrorKind errorKind = diffusion::ErrorKind::internal;
    QDateTime created;

    bool isOver() const {
        return state == JobState::finished || state == JobState::failed || state == JobState::cancelled;
    }

    bool operator==(const Job&) const = default;
};

}  // namespace jobs
