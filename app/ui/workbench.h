#pragma once

// Everything of the desktop that is no widget: the studio's services as the views see them. A
// window only shows it, so a window can be thrown away and built anew in another language.

#include "app/gallery/gallery_model.h"
#include "app/gallery/thumbnail_cache.h"
#include "app/studio/studio.h"
#include "app/ui/engine_facts.h"
#include "app/ui/job_model.h"
#include "app/ui/prompt_desk.h"
#include "app/ui/request_facts.h"
#include "app/ui/request_model.h"
#include "app/ui/token_counter.h"

#include <QHash>
#include <QObject>
#include <QSize>
#include <QString>
#include <QThreadPool>
#include <QTimer>

#include <memory>
#include <optional>

namespace ui {

class LibraryDesk;

/// What went wrong, for a banner. message is shown as it stands.
struct Trouble {
    enum class Where { panel, stage };
    enum class What { refused, model, noSettings, jobFailed, engine, settings, settingsRead, file };

    Where where = Where::stage;
    What what = What::jobFailed;
    QString message;
    std::optional<diffusion::GenerationRequest> request;  ///< can be tried again
};

/// The job that runs, with the last report of it.
struct Run {
    jobs::Job job;
    diffusion::Progress progress;
};

/// What of a picture's settings comes back into the panel.
enum class Recall { all, remix, prompt, seed, size };

class Workbench : public QObject {
    Q_OBJECT

public:
    explicit Workbench(studio::Studio& studio, QObject* parent = nullptr);
    ~Workbench() override;

    studio::Studio& studio() { return studio_; }

    RequestModel& request() { return request_; }

    EngineFacts& facts() { return facts_; }

    TokenCounter& tokens() { return tokens_; }

    PromptDesk& prompts() { return prompts_; }

    /// Plan and noise levels of the request as it stands.
    RequestFacts& answers() { return answers_; }

    gallery::ThumbnailCache& thumbnails() { return thumbnails_; }

    gallery::GalleryModel& gallery() { return gallery_; }

    /// The library behind its views; made when it is first asked for.
    LibraryDesk& library();

    JobModel& waiting() { return waiting_; }

    JobModel& done() { return done_; }

    const std::optional<Run>& run() const { return run_; }

    /// Of this model and size, measured in this session; 0 while unknown.
    double secondsPerStep(const diffusion::GenerationRequest& request) const;
    /// Width and height in pixels with the model's native size filled in; 0 while unknown.
    QSize extentOf(const diffusion::GenerationRequest& request) const;

    /// Loads the engine and goes on with the queue; called once the window is painted.
    void start();
    /// Why nothing can be asked for now; empty when something can.
    QString obstacle() const;
    /// Queues what the request stands for, styles and templates applied; a refusal comes by
    /// troubled().
    void generate(jobs::Place place = jobs::Place::back);
    /// Queues one request as it is.
    void submit(const diffusion::GenerationRequest& request,
                jobs::Place place = jobs::Place::back);
    void cancelRun();
    /// Goes on with the next picture of the running job.
    void skipPicture();
    /// Puts the running job aside with its half-made picture.
    void suspendRun();
    /// The list of models shows those of this folder, too.
    void addModelFolder(const QString& folder);
    /// While paused no job begins.
    void setPaused(bool isPaused);

    bool isPaused() const { return isPaused_; }

    /// Seconds that the running job and those that wait will take; negative while unknown.
    double secondsOfQueue() const;
    void recall(const diffusion::GenerationRequest& from, Recall what);
    /// Reads a picture file's settings off this thread and recalls them; a file without any is
    /// reported by troubled().
    void recallFromFile(const QString& path);
    /// Copies a picture's file off this thread; copied or troubled follows.
    void saveCopy(const QString& from, const QString& to);
    /// Writes what was typed at once.
    void save();

Q_SIGNALS:
    void runChanged();
    void pictureStored(const gallery::Picture& picture);
    void troubled(const ui::Trouble& trouble);
    /// What was told by troubled() is over.
    void mended(ui::Trouble::What what);
    /// before: what the request was.
    void recalled(const diffusion::GenerationRequest& before);
    void copied(const QString& to);
    /// The engine goes another way than was asked for.
    void warned(const QString& sentence);
    void queueChanged();

private:
    void connectStudio();
    void showProgress(jobs::JobId id, const diffusion::Progress& progress);
    void changeJob(const jobs::Job& job);
    void endRun(jobs::JobId id);
    /// runChanged now, and for what comes within a frame or two once, behind it.
    void tellRun();
    void chooseModel();
    void connectPrompts();
    void lookForWords();
    void refuse(const QString& message, const diffusion::GenerationRequest& request);
    void submitAll(const Expanded& expanded, jobs::Place place);
    void remember(const diffusion::Progress& progress);

    studio::Studio& studio_;
    RequestModel request_;
    EngineFacts facts_;
    TokenCounter tokens_;
    PromptDesk prompts_;
    RequestFacts answers_;
    gallery::ThumbnailCache thumbnails_;
    gallery::GalleryModel gallery_;
    std::unique_ptr<LibraryDesk> library_;
    JobModel waiting_;
    JobModel done_;
    std::optional<Run> run_;
    std::optional<std::string> model_;  ///< that was asked for last
    QHash<QString, double> stepSeconds_;
    QTimer saving_;
    QTimer telling_;  ///< runs while the last report is too young for another
    bool hasUntold_ = false;
    bool isStarted_ = false;
    bool isPaused_ = false;
    QThreadPool reader_;
};

}  // namespace ui
