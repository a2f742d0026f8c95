#pragma once

// Owns the engine and the one thread that may touch it. Takes job after job from the queue; all its
// signals are emitted on the runner's own thread (the one that made it).

#include "app/jobs/job_queue.h"
#include "diffusion/engine.h"
#include "diffusion/error.h"

#include <QList>
#include <QObject>
#include <QThread>

#include <deque>
#include <functional>
#include <memory>
#include <mutex>
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
    /// The picture that the job makes is left out, and the job goes on behind it, within one step. With
    /// pictures that are made together, all of them.
    void skip(JobId id);
    /// The job is put aside with its half-made picture: one that waits at once, the running one within
    /// one step; JobQueue::markQueued and runWaiting take it up again.
    void suspend(JobId id);
    /// While paused no job begins; the one that runs is finished.
    void setPaused(bool isPaused);
    bool isPaused() const { return isPaused_; }
    /// Begins with the next job if nothing runs: after markQueued.
    void runWaiting() { runNext(); }
    /// modelInspected or modelRefused follows.
    void inspect(const QString& model);
    /// Work for the engine that is no picture. Runs on the engine thread between jobs; done is
    /// called on the runner's thread with the Error, if there was one.
    void call(std::function<void(diffusion::Engine&)> work,
              std::function<void(const std::optional<diffusion::Error>&)> done);
    /// The same for short work that changes nothing: while a job runs it is done at the end of a step.
    void callSoon(std::function<void(diffusion::Engine&)> work,
                  std::function<void(const std::optional<diffusion::Error>&)> done);
    /// The engine is given up between two jobs, and made by this from then on; engineReady or
    /// engineFailed follows if it was there.
    void replaceEngine(EngineFactory factory);

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

    /// What becomes of a job that is stopped.
    enum class Ending { cancelled, skipped, suspended };

    void runNext();
    void generate(const Job& job, std::stop_token stop);
    void stop(Ending ending);
    /// A change of a job that waits; what goes wrong is told as its failure.
    void changeWaiting(JobId id, const std::function<void()>& change,
                       const std::function<void()>& tell);
    void conclude(JobId id, bool wasStopped, const Trouble& trouble);
    /// True if the job is over.
    bool markStopped(JobId id);
    diffusion::Engine& engine();
    Trouble attempt(const std::function<void()>& work);
    void doSoon();
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
    Ending ending_ = Ending::cancelled;
    int batchEnd_ = 0;  ///< how many of the running job's pictures are done when those at work are
    bool isStarted_ = false;
    bool isPaused_ = false;
    bool wasAsked_ = false;
    std::mutex soonLock_;
    std::deque<std::function<void()>> soon_;  ///< for the engine thread, at the next step
};

}  // namespace jobs
