#pragma once

// Owns the engine and the one thread that may touch it. Takes job after job from the queue; all its
// signals are emitted on the runner's own thread (the one that made it).

#include "app/jobs/job_queue.h"
#include "diffusion/engine.h"
#include "diffusion/error.h"

#include <QList>
#include <QObject>
#include <QThread>

#include <functional>
#include <memory>
#include <optional>
#include <stop_token>

namespace jobs {

/// Makes the engine; called on the engine thread. Throws Error.
using EngineFactory = std::function<std::unique_ptr<diffusion::Engine>()>;

/// Gets every picture on the engine thread, as soon as it is decoded. Throws Error to fail the job.
using PictureSink = std::function<void(JobId, const diffusion::Result&)>;

class JobRunner : public QObject {
    Q_OBJECT

public:
    JobRunner(JobQueue& queue, EngineFactory factory, PictureSink sink, QObject* parent = nullptr);
    /// Stops what runs (within one step) and waits for it; the job stays in the journal.
    ~JobRunner() override;

    /// Makes the engine, if it isn't there; engineReady or engineFailed follows.
    void loadEngine();
    /// Runs queued jobs, one after the other, from now on.
    void start();
    /// A waiting job is cancelled at once, the running one within one step.
    void cancel(JobId id);
    /// modelInspected or modelRefused follows.
    void inspect(const QString& model);
    /// Work for the engine that is no picture. Runs on the engine thread between jobs; done is
    /// called on the runner's thread with the Error, if there was one.
    void call(std::function<void(diffusion::Engine&)> work,
              std::function<void(const std::optional<diffusion::Error>&)> done);

Q_SIGNALS:
    void engineReady(const QList<diffusion::NamedChoice>& samplers,
                     const QList<diffusion::NamedChoice>& schedules);
    void engineFailed(diffusion::ErrorKind kind, const QString& message);
    void progress(jobs::JobId id, const diffusion::Progress& progress);
    void finished(jobs::JobId id);
    void failed(jobs::JobId id, diffusion::ErrorKind kind, const QString& message);
    void cancelled(jobs::JobId id);
    void modelInspected(const QString& model, const diffusion::ModelInfo& info);
    void modelRefused(const QString& model, diffusion::ErrorKind kind, const QString& message);

private:
    using Trouble = std::optional<diffusion::Error>;

    void runNext();
    void generate(const Job& job, std::stop_token stop);
    void conclude(JobId id, bool wasCancelled, const Trouble& trouble);
    diffusion::Engine& engine();
    Trouble attempt(const std::function<void()>& work);
    void post(std::function<void()> work);
    void report(std::function<void()> message);

    JobQueue& queue_;
    EngineFactory factory_;
    PictureSink sink_;
    std::unique_ptr<diffusion::Engine> engine_;  // touched by the engine thread only
    QThread thread_;
    std::unique_ptr<QObject> desk_;  // lives on the engine thread and receives its work
    std::stop_source stop_;
    std::optional<JobId> current_;
    bool isStarted_ = false;
    bool wasAsked_ = false;
};

}  // namespace jobs
