#include "app/jobs/job_runner.h"

#include "app/codec/text.h"

#include <QSignalBlocker>

#include <new>

namespace jobs {

using diffusion::Error;
using diffusion::ErrorKind;

JobRunner::JobRunner(JobQueue& queue, EngineFactory factory, PictureSink sink, QObject* parent)
    : QObject(parent),
      queue_(queue),
      factory_(std::move(factory)),
      sink_(std::move(sink)),
      desk_(std::make_unique<QObject>()) {
    thread_.setObjectName(QStringLiteral("engine"));
    desk_->moveToThread(&thread_);
    thread_.start();
}

JobRunner::~JobRunner() {
    stop_.request_stop();
    post([this] { engine_.reset(); });
    post([this] { thread_.quit(); });
    thread_.wait();
    if (!current_) return;
    const QSignalBlocker quiet(queue_);  // who listens may be gone already
    attempt([this] { queue_.markWaiting(*current_); });
}

void JobRunner::loadEngine() {
    if (wasAsked_) return;
    wasAsked_ = true;
    post([this] {
        QList<diffusion::NamedChoice> samplers;
        QList<diffusion::NamedChoice> schedules;
        const auto trouble = attempt([&] {
            for (auto& choice : engine().samplers()) samplers.append(choice);
            for (auto& choice : engine().schedules()) schedules.append(choice);
        });
        report([this, trouble, samplers, schedules] {
            wasAsked_ = !trouble;
            if (trouble)
                Q_EMIT engineFailed(trouble->kind(), QString::fromUtf8(trouble->what()));
            else
                Q_EMIT engineReady(samplers, schedules);
        });
    });
}

void JobRunner::start() {
    if (isStarted_) return;
    isStarted_ = true;
    // Queued: faces hear of the job before it changes.
    connect(&queue_, &JobQueue::added, this, &JobRunner::runNext, Qt::QueuedConnection);
    runNext();
}

void JobRunner::cancel(JobId id) {
    if (current_ == id)
        stop(Ending::cancelled);
    else if (const auto job = queue_.find(id); job && !job->isOver())
        changeWaiting(id, [&] { queue_.markCancelled(id); }, [&] { Q_EMIT cancelled(id); });
}

void JobRunner::skip(JobId id) {
    if (current_ == id) stop(Ending::skipped);
}

void JobRunner::suspend(JobId id) {
    if (current_ == id)
        stop(Ending::suspended);
    else if (const auto job = queue_.find(id); job && job->state == JobState::queued)
        changeWaiting(id, [&] { queue_.markSuspended(id); }, [] {});
}

void JobRunner::setPaused(bool isPaused) {
    isPaused_ = isPaused;
    if (!isPaused) runNext();
}

void JobRunner::stop(Ending ending) {
    ending_ = ending;
    stop_.request_stop();
}

void JobRunner::changeWaiting(JobId id, const std::function<void()>& change,
                              const std::function<void()>& tell) {
    if (const auto trouble = attempt(change))
        Q_EMIT failed(id, trouble->kind(), QString::fromUtf8(trouble->what()));
    else
        tell();
}

void JobRunner::inspect(const QString& model) {
    const auto info = std::make_shared<diffusion::ModelInfo>();
    call([model, info](diffusion::Engine& engine) { *info = engine.inspect(codec::toUtf8(model)); },
         [this, model, info](const Trouble& trouble) {
             if (trouble)
                 Q_EMIT modelRefused(model, trouble->kind(), QString::fromUtf8(trouble->what()));
             else
                 Q_EMIT modelInspected(model, *info);
         });
}

void JobRunner::call(std::function<void(diffusion::Engine&)> work,
                     std::function<void(const Trouble&)> done) {
    post([this, work = std::move(work), done = std::move(done)] {
        const auto trouble = attempt([&] { work(engine()); });
        report([done, trouble] { done(trouble); });
    });
}

void JobRunner::callSoon(std::function<void(diffusion::Engine&)> work,
                         std::function<void(const Trouble&)> done) {
    {
        const std::lock_guard lock(soonLock_);
        soon_.push_back([this, work = std::move(work), done = std::move(done)] {
            const auto trouble = attempt([&] { work(engine()); });
            report([done, trouble] { done(trouble); });
        });
    }
    post([this] { doSoon(); });
}

/// Engine thread.
void JobRunner::doSoon() {
    while (true) {
        std::function<void()> next;
        {
            const std::lock_guard lock(soonLock_);
            if (soon_.empty()) return;
            next = std::move(soon_.front());
            soon_.pop_front();
        }
        next();
    }
}

void JobRunner::replaceEngine(EngineFactory factory) {
    post([this, factory = std::move(factory)] {
        factory_ = factory;
        engine_.reset();
    });
    if (!wasAsked_) return;
    wasAsked_ = false;
    loadEngine();
}

void JobRunner::runNext() {
    const auto job = queue_.next();
    if (!isStarted_ || isPaused_ || current_ || !job) return;
    if (const auto trouble = attempt([&] { queue_.markRunning(job->id); })) {
        Q_EMIT failed(job->id, trouble->kind(), QString::fromUtf8(trouble->what()));
        return;
    }
    current_ = job->id;
    ending_ = Ending::cancelled;
    batchEnd_ = job->pictures + 1;
    stop_ = std::stop_source();
    post([this, job = *job, stop = stop_.get_token()] { generate(job, stop); });
}

/// Engine thread. Pictures that an earlier attempt stored are left out.
void JobRunner::generate(const Job& job, std::stop_token stop) {
    bool wasStopped = false;
    const auto trouble = attempt([&] {
        if (job.pictures >= job.request.count) return;
        const auto outcome = engine().resume(
            job.request, {codec::toUtf8(queue_.stepsFile(job.id)), job.pictures},
            [this, id = job.id](const diffusion::Progress& step) {
                doSoon();
                report([this, id, step] {
                    batchEnd_ = step.first_picture + step.pictures_in_batch;
                    Q_EMIT progress(id, step);
                });
            },
            [this, id = job.id](const diffusion::Result& result) { sink_(id, result); }, stop);
        wasStopped = outcome.was_cancelled;
    });
    report([this, id = job.id, wasStopped, trouble] { conclude(id, wasStopped, trouble); });
}

bool JobRunner::markStopped(JobId id) {
    if (ending_ == Ending::suspended) {
        queue_.markSuspended(id);
        return false;
    }
    const auto job = queue_.find(id);
    if (ending_ == Ending::cancelled || batchEnd_ >= job->request.count) {
        queue_.markCancelled(id);
        return true;
    }
    queue_.markSkipped(id, batchEnd_);
    return false;
}

void JobRunner::conclude(JobId id, bool wasStopped, const Trouble& trouble) {
    current_.reset();
    bool isOver = true;
    Trouble told = trouble;
    const auto unwritten = attempt([&] {
        if (trouble)
            queue_.markFailed(id, trouble->kind(), QString::fromUtf8(trouble->what()));
        else if (wasStopped)
            isOver = markStopped(id);
        else
            queue_.markFinished(id);
    });
    if (!told) told = unwritten;
    if (told)
        Q_EMIT failed(id, told->kind(), QString::fromUtf8(told->what()));
    else if (wasStopped && isOver)
        Q_EMIT cancelled(id);
    else if (isOver)
        Q_EMIT finished(id);
    runNext();
}

diffusion::Engine& JobRunner::engine() {
    if (!engine_) engine_ = factory_();
    return *engine_;
}

JobRunner::Trouble JobRunner::attempt(const std::function<void()>& work) {
    try {
        work();
        return std::nullopt;
    } catch (const Error& error) {
        return error;
    } catch (const std::bad_alloc&) {
        return Error(ErrorKind::out_of_memory, "The memory of this computer is used up.");
    } catch (const std::exception& error) {
        return Error(ErrorKind::internal, std::string("Unexpected trouble: ") + error.what());
    }
}

void JobRunner::post(std::function<void()> work) {
    QMetaObject::invokeMethod(desk_.get(), std::move(work), Qt::QueuedConnection);
}

void JobRunner::report(std::function<void()> message) {
    QMetaObject::invokeMethod(this, std::move(message), Qt::QueuedConnection);
}

}  // namespace jobs
