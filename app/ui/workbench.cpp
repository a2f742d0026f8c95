#include "app/ui/workbench.h"

#include "app/codec/infotext.h"
#include "app/codec/text.h"
#include "app/gallery/image_metadata.h"
#include "app/storage/atomic_file.h"
#include "app/studio/model_search.h"
#include "app/ui/library/library_desk.h"

#include <QFile>
#include <QFileInfo>
#include <QSize>

#include <algorithm>
#include <utility>

namespace ui {
namespace {

using Request = diffusion::GenerationRequest;

constexpr int thumbnailEdge = 256;  // pixels: twice the largest cell, for dense screens
constexpr int saveDelay = 300;      // milliseconds
constexpr int betweenReports = 33;   // milliseconds: 30 a second

QString costKey(const Request& request, const QSize& extent) {
    return QStringLiteral("%1 %2x%3 %4")
        .arg(QString::fromStdString(request.model))
        .arg(extent.width())
        .arg(extent.height())
        .arg(request.guidance_scale != 1.0);
}

}  // namespace

Workbench::Workbench(studio::Studio& studio, QObject* parent)
    : QObject(parent),
      studio_(studio),
      prompts_(studio.settings(), studio.places().data),
      answers_(studio, request_),
      thumbnails_(thumbnailEdge),
      gallery_(studio.gallery(), thumbnails_),
      waiting_(JobModel::Shows::waiting),
      done_(JobModel::Shows::over) {
    request_.setRequest(studio_.settings().values().request);
    telling_.setSingleShot(true);
    telling_.setInterval(betweenReports);
    connect(&telling_, &QTimer::timeout, this, [this] {
        if (hasUntold_) tellRun();
    });
    for (const auto& job : studio_.queue().jobs()) changeJob(job);
    connectStudio();
    connectPrompts();
    saving_.setSingleShot(true);
    saving_.setInterval(saveDelay);
    connect(&saving_, &QTimer::timeout, this, &Workbench::save);
    connect(&request_, &RequestModel::changed, this, [this] {
        saving_.start();
        chooseModel();
    });
    chooseModel();
}

LibraryDesk& Workbench::library() {
    if (!library_) library_ = std::make_unique<LibraryDesk>(studio_);
    return *library_;
}

Workbench::~Workbench() {
    reader_.waitForDone();
    save();
}

void Workbench::connectStudio() {
    connect(&studio_, &studio::Studio::engineReady, this,
            [this] {
                facts_.setReady(studio_.samplers(), studio_.schedules());
                answers_.start();
            });
    connect(&studio_, &studio::Studio::engineFailed, this,
            [this](diffusion::ErrorKind, const QString& message) {
                facts_.setFailed(message);
                Q_EMIT troubled({Trouble::Where::stage, Trouble::What::engine, message, {}});
            });
    connect(&studio_, &studio::Studio::modelInspected, this,
            [this](const QString& model, const auto& info) {
                if (model.toStdString() != request_.request().model) return;
                facts_.setModel(info);
                Q_EMIT mended(Trouble::What::model);
            });
    connect(&studio_, &studio::Studio::modelRefused, this,
            [this](const QString& model, diffusion::ErrorKind, const QString& message) {
                if (model.toStdString() != request_.request().model) return;
                // Without an engine no model can be read; that was said already.
                if (facts_.state() == EngineFacts::State::failed) return;
                facts_.setModelRefused(message);
                Q_EMIT troubled({Trouble::Where::panel, Trouble::What::model, message, {}});
            });
    connect(&studio_, &studio::Studio::jobAdded, this, &Workbench::changeJob);
    connect(&studio_, &studio::Studio::jobChanged, this, &Workbench::changeJob);
    connect(&studio_.queue(), &jobs::JobQueue::moved, this, [this] {
        waiting_.setOrder(studio_.queue().jobs());
        Q_EMIT queueChanged();
    });
    connect(&studio_, &studio::Studio::progress, this, &Workbench::showProgress);
    connect(&studio_, &studio::Studio::pictureStored, this,
            [this](jobs::JobId id, const gallery::Picture& picture) {
                done_.addPicture(id, picture);
                Q_EMIT pictureStored(picture);
            });
    connect(&studio_, &studio::Studio::jobFinished, this, &Workbench::endRun);
    connect(&studio_, &studio::Studio::jobCancelled, this, &Workbench::endRun);
    connect(&studio_, &studio::Studio::jobFailed, this,
            [this](jobs::JobId id, diffusion::ErrorKind, const QString& message) {
                const auto job = studio_.queue().find(id);
                endRun(id);
                Q_EMIT troubled({Trouble::Where::stage, Trouble::What::jobFailed, message,
                                 job ? std::optional(job->request) : std::nullopt});
            });
    connect(&studio_.settings(), &settings::Settings::notSaved, this,
            [this](const QString& message) {
                Q_EMIT troubled({Trouble::Where::panel, Trouble::What::settings, message, {}});
            });
}

void Workbench::start() {
    isStarted_ = true;
    studio_.loadEngine();
    studio_.lookForModels();
    lookForWords();
    if (model_) studio_.inspect(QString::fromStdString(*model_));
    studio_.start();
}

void Workbench::chooseModel() {
    const auto& model = request_.request().model;
    if (model_ == model) return;
    model_ = model;
    facts_.forgetModel();
    const auto& places = studio_.places();
    const QString folder =
        model.empty() ? places.resources + QStringLiteral("/model") : QString::fromStdString(model);
    tokens_.setVocabulary({folder + QStringLiteral("/tokenizer"),
                           places.resources + QStringLiteral("/clip/bpe_simple_vocab_16e6.txt")});
    if (isStarted_) studio_.inspect(QString::fromStdString(model));
}

QString Workbench::obstacle() const {
    const auto& prompt = request_.request().prompt;
    if (facts_.state() == EngineFacts::State::failed) return tr("The engine did not start");
    if (prompt.find_first_not_of(" \t\r\n") == std::string::npos)
        return tr("Type a prompt to start");
    if (!facts_.trouble().isEmpty()) return tr("Choose a model that can be read");
    if (request_.request().initial_image.empty() && !request_.request().mask.empty())
        return tr("Choose a start picture for the mask");
    return {};
}

void Workbench::generate(jobs::Place place) {
    if (!obstacle().isEmpty()) return;
    auto request = request_.request();
    prompts_.remember(request);
    if (request.seed < 0) request.seed = drawSeed();
    prompts_.expandRequest(request, prompts_.expand(),
                           [this, place](const Expanded& made) { submitAll(made, place); });
}

void Workbench::refuse(const QString& message, const Request& request) {
    Q_EMIT troubled({Trouble::Where::panel, Trouble::What::refused, message, request});
}

void Workbench::submitAll(const Expanded& expanded, jobs::Place place) {
    const auto& made = expanded.expansion;
    if (!expanded.refusal.isEmpty()) return refuse(expanded.refusal, request_.request());
    if (!made.isComplete)
        return refuse(tr("The template stands for more than %n prompts; make it smaller or let "
                         "one be drawn at random.",
                         nullptr, int(PromptDesk::mostRequests)),
                      request_.request());
    if (place == jobs::Place::back)
        for (const auto& request : made.requests) submit(request, place);
    else
        for (auto it = made.requests.rbegin(); it != made.requests.rend(); ++it)
            submit(*it, place);
}

void Workbench::submit(const Request& request, jobs::Place place) {
    const auto submission = studio_.submit(request, place);
    if (submission.refusal)
        return refuse(QString::fromUtf8(submission.refusal->what()), request);
    Q_EMIT mended(Trouble::What::refused);
    if (const auto job = studio_.queue().find(*submission.job))
        request_.setLastSeed(job->request.seed);
}

void Workbench::connectPrompts() {
    const auto tell = [this](const QString& message) {
        Q_EMIT troubled({Trouble::Where::panel, Trouble::What::file, message, {}});
    };
    connect(&prompts_, &PromptDesk::historyNotSaved, this, tell);
    connect(&prompts_.shelf(), &prompts::WordShelf::failed, this, tell);
    connect(&studio_.models(), &library::ModelLibrary::listChanged, this,
            &Workbench::lookForWords);
}

void Workbench::lookForWords() {
    QStringList folders{studio_.places().models};
    for (const auto& folder : studio_.models().folders()) folders << folder.path;
    folders.removeDuplicates();
    prompts_.look(folders);
}

void Workbench::skipPicture() {
    if (run_) studio_.skip(run_->job.id);
}

void Workbench::suspendRun() {
    if (run_) studio_.suspend(run_->job.id);
}

void Workbench::addModelFolder(const QString& folder) {
    studio::addModelFolder(studio_.settings(), folder);
}

void Workbench::setPaused(bool isPaused) {
    if (isPaused == isPaused_) return;
    isPaused_ = isPaused;
    studio_.setPaused(isPaused);
    Q_EMIT queueChanged();
}

double Workbench::secondsOfQueue() const {
    double seconds = run_ ? run_->progress.seconds_left : 0;
    if (seconds < 0) return -1;
    for (int row = 0; row < waiting_.rowCount(); ++row) {
        const auto& job = waiting_.job(row);
        if (job.state != jobs::JobState::queued) continue;
        const double step = secondsPerStep(job.request);
        if (step <= 0) return -1;
        seconds += step * job.request.steps * (job.request.count - job.pictures);
    }
    return seconds;
}

void Workbench::cancelRun() {
    if (run_) studio_.cancel(run_->job.id);
}

void Workbench::changeJob(const jobs::Job& job) {
    waiting_.update(job);
    done_.update(job);
    if (waiting_.rowCount() > 0) waiting_.setOrder(studio_.queue().jobs());
    Q_EMIT queueChanged();
    if (job.state == jobs::JobState::running) {
        const bool isNew = !run_ || run_->job.id != job.id;
        run_ = Run{job, isNew ? diffusion::Progress{} : std::move(run_->progress)};
        if (isNew) run_->progress.picture_count = job.request.count;
    } else if (run_ && run_->job.id == job.id) {
        run_.reset();
    }
    Q_EMIT runChanged();
}

void Workbench::showProgress(jobs::JobId id, const diffusion::Progress& progress) {
    if (!run_ || run_->job.id != id) return;
    // A report without a preview keeps the last one of the same picture on the stage.
    const bool isSamePicture = progress.first_picture == run_->progress.first_picture;
    const bool isNews = !isSamePicture || progress.phase != run_->progress.phase;
    const bool keeps = progress.preview.is_empty() && isSamePicture;
    auto preview = keeps ? std::move(run_->progress.preview) : diffusion::Image{};
    run_->progress = progress;
    if (keeps) run_->progress.preview = std::move(preview);
    remember(progress);
    if (!progress.warning.empty()) Q_EMIT warned(codec::fromUtf8(progress.warning));
    hasUntold_ = true;
    if (isNews || !telling_.isActive()) tellRun();
}

// A small model makes 65 steps a second: to paint each would take a twentieth of the processor from it.
void Workbench::tellRun() {
    hasUntold_ = false;
    telling_.start();
    Q_EMIT runChanged();
}

void Workbench::endRun(jobs::JobId id) {
    if (!run_ || run_->job.id != id) return;
    run_.reset();
    tellRun();
}

void Workbench::remember(const diffusion::Progress& progress) {
    if (progress.phase != diffusion::Phase::sampling || progress.seconds_per_step <= 0) return;
    const auto& request = run_->job.request;
    stepSeconds_[costKey(request, extentOf(request))] =
        progress.seconds_per_step / std::max(1, progress.pictures_in_batch);
}

double Workbench::secondsPerStep(const Request& request) const {
    return stepSeconds_.value(costKey(request, extentOf(request)));
}

QSize Workbench::extentOf(const Request& request) const {
    const auto& info = facts_.model();
    const bool isKnown = info && request.model == request_.request().model;
    return {request.width > 0 ? request.width
            : isKnown         ? info->native_width
                              : 0,
            request.height > 0 ? request.height
            : isKnown          ? info->native_height
                               : 0};
}

void Workbench::recall(const Request& from, Recall what) {
    const Request before = request_.request();
    Request to = before;
    switch (what) {
        case Recall::all:
            to = from;
            break;
        case Recall::remix:
            to = from;
            to.seed = -1;
            break;
        case Recall::prompt:
            to.prompt = from.prompt;
            to.negative_prompt = from.negative_prompt;
            break;
        case Recall::seed:
            to.seed = from.seed;
            break;
        case Recall::size:
            to.width = from.width;
            to.height = from.height;
            break;
    }
    request_.setRequest(to);
    Q_EMIT recalled(before);
}

void Workbench::recallFromFile(const QString& path) {
    reader_.start([this, path] {
        const auto text = gallery::readParameters(path);
        QMetaObject::invokeMethod(this, [this, path, text] {
            if (text) {
                auto request = codec::requestOf(codec::readInfotext(*text));
                // The picture names its VAE but not where it lies.
                if (!QFileInfo::exists(QString::fromStdString(request.vae))) request.vae.clear();
                return recall(request, Recall::all);
            }
            Q_EMIT troubled(
                {Trouble::Where::stage,
                 Trouble::What::noSettings,
                 tr("%1: expected a PNG with the settings it was made with, found none.").arg(path),
                 {}});
        });
    });
}

void Workbench::saveCopy(const QString& from, const QString& to) {
    reader_.start([this, from, to] {
        QString trouble;
        try {
            QFile file(from);
            if (file.open(QIODevice::ReadOnly))
                storage::writeFile(to, file.readAll(), storage::IfTaken::replace);
            else
                trouble = tr("%1: expected the picture's file, found: %2.").arg(from, file.errorString());
        } catch (const diffusion::Error& error) {
            trouble = codec::fromUtf8(error.what());
        }
        QMetaObject::invokeMethod(this, [this, to, trouble] {
            if (trouble.isEmpty())
                Q_EMIT copied(to);
            else
                Q_EMIT troubled({Trouble::Where::stage, Trouble::What::file, trouble, {}});
        });
    });
}

void Workbench::save() {
    saving_.stop();
    studio_.settings().set(&settings::Values::request, request_.request());
}

}  // namespace ui
