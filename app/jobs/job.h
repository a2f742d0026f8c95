#pragma once

// A request on its way through the queue.

#include "diffusion/error.h"
#include "diffusion/request.h"

#include <QDateTime>
#include <QString>

namespace jobs {

using JobId = qint64;

enum class JobState { queued, running, finished, failed, cancelled };

/// "queued", as the journal spells it.
const char* nameOf(JobState state);

/// What the queue knows of a request. pictures counts those that are stored already; a job that was
/// interrupted continues behind them, because picture i grows from seed + i.
struct Job {
    JobId id = 0;
    diffusion::GenerationRequest request;
    JobState state = JobState::queued;
    int pictures = 0;
    int attempts = 0;  ///< times it was started
    QString error;     ///< sentence for the user; empty unless failed
    diffusion::ErrorKind errorKind = diffusion::ErrorKind::internal;
    QDateTime created;

    bool isOver() const { return state != JobState::queued && state != JobState::running; }

    bool operator==(const Job&) const = default;
};

}  // namespace jobs
