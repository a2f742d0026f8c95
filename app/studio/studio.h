#pragma once

// The composition root: makes the services, connects them and hands them to a face. A face submits
// requests, listens to the signals and reads the services; the desktop, the command line and the
// servers do the same. Everything here happens on the thread that made the studio.

#include "app/gallery/gallery_database.h"
#include "app/gallery/image_store.h"
#include "app/jobs/job_queue.h"
#include "app/jobs/job_runner.h"
#include "app/library/model_library.h"
#include "app/settings/settings.h"
#include "app/studio/places.h"
#include "diffusion/engine.h"
#include "diffusion/error.h"

#include <QList>
#include <QObject>
#include <QString>

#include <functional>
#include <memory>
#include <mutex>
#include <optional>

namespace studio {

/// Writes a finished picture somewhere else than into the gallery; called on the engine thread.
using PictureWriter = std::function<gallery::Picture(const diffusion::Result&)>;

/// Changes what the settings say of the engine.
using EngineChange = std::function<void(diffusion::EngineOptions&)>;

struct Options {
    Places places;
    /// For this process only; may be empty.
    EngineChange engineChange = {};
    /// The queue survives the program; one process at a time can own it.
    bool keepsQueue = true;
    /// Empty: the engine's library at places.engineLibrary.
    jobs::EngineFactory engine = {};
    /// Empty: the pictures folder and the gallery.
    PictureWriter writer = {};
};

/// Either the job's number or the reason why the request was not taken.
struct Submission {
    std::optional<jobs::JobId> job;
    std::optional<diffusion::Error> refusal;
};

class Studio : public QObject {
    Q_OBJECT

public:
    /// Throws Error cannot_write when the data folder can't be used.
    explicit Studio(Options options, QObject* parent = nullptr);
    ~Studio() override;

    /// Checks the request, draws its seed if it has none, and queues it. The engine finds what
    /// can't be seen without it (models, samplers); such a job fails with the same kind of
    /// sentence.
    Submission submit(diffusion::GenerationRequest request, jobs::Place place = jobs::Place::back);

    void cancel(jobs::JobId id) { runner_.cancel(id); }

    void skip(jobs::JobId id) { runner_.skip(id); }

    void suspend(jobs::JobId id) { runner_.suspend(id); }

    /// A job that is suspended, failed or was cancelled waits again, with what it has made.
    void takeUp(jobs::JobId id);

    /// Before another job, or last for 0.
    void move(jobs::JobId id, jobs::JobId before);

    /// While paused no job begins.
    void setPaused(bool isPaused) { runner_.setPaused(isPaused); }

    void cancelAll();

    /// Starts the engine (LibTorch) on its thread; engineReady or engineFailed follows. A submitted
    /// request does it too.
    void loadEngine() { runner_.loadEngine(); }

    /// Works on queued jobs; until then they wait. Pictures that could not be stored are tried
    /// again.
    void start();

    /// modelInspected or modelRefused follows; empty is the model that ships.
    void inspect(const QString& model) { runner_.inspect(model); }

    /// Fills models() and keeps it filled, also when the settings name other folders.
    void lookForModels();

    /// Moves pictures that could not be stored (a full disk) to the gallery; how many were moved.
    int storeKept();

    /// Empty until engineReady.
    const QList<diffusion::NamedChoice>& samplers() const { return samplers_; }

    const QList<diffusion::NamedChoice>& schedules() const { return schedules_; }

    jobs::JobQueue& queue() { return queue_; }

    jobs::JobRunner& runner() { return runner_; }

    gallery::GalleryDatabase& gallery() { return gallery_; }

    library::ModelLibrary& models() { return models_; }

    settings::Settings& settings() { return settings_; }

    const Places& places() const { return options_.places; }

    /// Where pictures go: the setting, or the place.
    QString picturesFolder() const { return store()->folder(); }

Q_SIGNALS:
    void engineReady();
    void engineFailed(diffusion::ErrorKind kind, const QString& message);
    void modelInspected(const QString& model, const diffusion::ModelInfo& info);
    void modelRefused(const QString& model, diffusion::ErrorKind kind, const QString& message);

    void jobAdded(const jobs::Job& job);
    void jobChanged(const jobs::Job& job);
    void progress(jobs::JobId id, const diffusion::Progress& progress);
    void pictureStored(jobs::JobId id, const gallery::Picture& picture);
    void jobFinished(jobs::JobId id);
    void jobFailed(jobs::JobId id, diffusion::ErrorKind kind, const QString& message);
    void jobCancelled(jobs::JobId id);

private:
    void storePicture(jobs::JobId id, const diffusion::Result& result);
    void announce(jobs::JobId id, gallery::Picture picture);
    void connectServices();
    void followSettings();
    std::shared_ptr<gallery::ImageStore> store() const;
    void updateHashing();
    void adoptStrays();
    void countStray(const gallery::Picture& picture);
    /// A change of the queue; what goes wrong is told as the job's failure.
    void changeQueue(jobs::JobId id, const std::function<void()>& change);
    QString keptFolder() const;

    Options options_;
    settings::Settings settings_;
    gallery::GalleryDatabase gallery_;
    mutable std::mutex storeLock_;
    std::shared_ptr<gallery::ImageStore> store_;  ///< another one when the folder is
    settings::Values followed_;  ///< what engine and store were made by
    jobs::JobQueue queue_;
    QList<diffusion::NamedChoice> samplers_;
    QList<diffusion::NamedChoice> schedules_;
    library::ModelLibrary models_;
    bool looksForModels_ = false;
    bool isHashing_ = false;
    library::ModelPlaces lookedFor_;
    jobs::JobRunner runner_;  // last: its thread ends before the others go
};

}  // namespace studio
