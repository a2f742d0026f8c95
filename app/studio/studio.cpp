#include "app/studio/studio.h"

#include "app/codec/picture_reader.h"
#include "app/codec/request_check.h"
#include "app/codec/text.h"
#include "app/jobs/engine_library.h"
#include "app/library/model_hashes.h"
#include "app/storage/atomic_file.h"
#include "app/studio/memory_settings.h"
#include "app/studio/model_search.h"
#include "app/studio/network_search.h"

#include <QDir>
#include <QDirIterator>
#include <QRandomGenerator>

#include <algorithm>
#include <utility>

namespace studio {
namespace {

using diffusion::Error;

/// Small enough for JSON's numbers, with room for a row of pictures behind it.
constexpr quint64 seedCount = (quint64(1) << 53) - 4096;

std::int64_t drawnSeed() {
    return std::int64_t(QRandomGenerator::system()->generate64() % seedCount);
}

jobs::EngineFactory engineFactory(const Options& options, const settings::Values& values) {
    if (options.engine) return options.engine;
    diffusion::EngineOptions engine;
    engine.resource_folder = codec::toUtf8(options.places.resources);
    engine.pictures = app::codec::readPicture;
    engine.threads = values.threads;
    engine.device = codec::toUtf8(values.device);
    addMemorySettings(engine, values);
    if (options.engineChange) options.engineChange(engine);
    return [places = options.places, values, engine] {
        // Made here: the engine's thread is the one that uses it.
        auto own = engine;
        addNetworkFolders(own, places, values);
        if (values.previews == QLatin1String("sharp"))
            own.preview_folders = previewFolders(places, values);
        own.makes_previews = values.previews != QLatin1String("off");
        own.hashes = std::make_shared<library::ModelHashes>(places.data +
                                                            QStringLiteral("/models.sqlite"));
        return jobs::loadEngineLibrary(places.engineLibrary, own);
    };
}

QString chosenFolder(const Places& places, const settings::Values& values) {
    return values.picturesFolder.isEmpty() ? places.pictures : values.picturesFolder;
}

/// The folder, or the one below it, that a file was put into last.
QString latestFolder(const QString& root) {
    QString latest = root;
    auto time = QFileInfo(root).lastModified();
    QDirIterator folders(root, QDir::Dirs | QDir::NoDotAndDotDot | QDir::NoSymLinks,
                         QDirIterator::Subdirectories);
    while (folders.hasNext()) {
        const auto path = folders.next();
        const auto changed = folders.fileInfo().lastModified();
        // A folder that was made with its first file is as young as the one around it.
        if (changed < time) continue;
        time = changed;
        latest = path;
    }
    return latest;
}

}  // namespace

Studio::Studio(Options options, QObject* parent)
    : QObject(parent),
      options_(std::move(options)),
      settings_(options_.places.data + QStringLiteral("/settings.json")),
      gallery_(options_.writer ? QStringLiteral(":memory:")
                               : options_.places.data + QStringLiteral("/gallery.sqlite")),
      store_(std::make_shared<gallery::ImageStore>(
          chosenFolder(options_.places, settings_.values()), settings_.values().pictureNames)),
      followed_(settings_.values()),
      queue_(options_.keepsQueue ? options_.places.data + QStringLiteral("/queue.sqlite")
                                 : QStringLiteral(":memory:")),
      models_(engineFactory(options_, settings_.values()),
              options_.places.resources + QStringLiteral("/model")),
      runner_(
          queue_, engineFactory(options_, settings_.values()),
          [this](jobs::JobId id, const diffusion::Result& result) { storePicture(id, result); }) {
    connectServices();
}

Studio::~Studio() = default;

void Studio::connectServices() {
    connect(&queue_, &jobs::JobQueue::added, this, &Studio::jobAdded);
    connect(&queue_, &jobs::JobQueue::changed, this, &Studio::jobChanged);
    connect(&runner_, &jobs::JobRunner::progress, this, &Studio::progress);
    connect(&runner_, &jobs::JobRunner::finished, this, &Studio::jobFinished);
    connect(&runner_, &jobs::JobRunner::failed, this, &Studio::jobFailed);
    connect(&runner_, &jobs::JobRunner::cancelled, this, &Studio::jobCancelled);
    connect(&runner_, &jobs::JobRunner::modelInspected, this, &Studio::modelInspected);
    connect(&runner_, &jobs::JobRunner::modelRefused, this, &Studio::modelRefused);
    connect(&runner_, &jobs::JobRunner::engineFailed, this, &Studio::engineFailed);
    connect(this, &Studio::jobAdded, this, &Studio::updateHashing);
    connect(this, &Studio::jobChanged, this, &Studio::updateHashing);
    connect(&settings_, &settings::Settings::changed, this, &Studio::followSettings);
    connect(&runner_, &jobs::JobRunner::engineReady, this,
            [this](const auto& samplers, const auto& schedules) {
                samplers_ = samplers;
                schedules_ = schedules;
                Q_EMIT engineReady();
            });
}

/// What was changed counts from the next job on; the running one goes on as it began.
void Studio::followSettings() {
    const auto& now = settings_.values();
    if (looksForModels_ && modelPlaces(options_.places, now) != lookedFor_) lookForModels();
    if (now.picturesFolder != followed_.picturesFolder ||
        now.pictureNames != followed_.pictureNames) {
        const std::lock_guard lock(storeLock_);
        store_ = std::make_shared<gallery::ImageStore>(chosenFolder(options_.places, now),
                                                       now.pictureNames);
    }
    const bool isSame = now.device == followed_.device && now.threads == followed_.threads &&
                        now.memory == followed_.memory &&
                        now.memoryLimit == followed_.memoryLimit &&
                        now.precision == followed_.precision && now.previews == followed_.previews;
    followed_ = now;
    if (!isSame) runner_.replaceEngine(engineFactory(options_, now));
}

std::shared_ptr<gallery::ImageStore> Studio::store() const {
    const std::lock_guard lock(storeLock_);
    return store_;
}

Submission Studio::submit(diffusion::GenerationRequest request, jobs::Place place) {
    if (request.seed < 0) request.seed = drawnSeed();
    if (request.variation_seed < 0 && request.variation_strength > 0)
        request.variation_seed = drawnSeed();
    if (auto fault = codec::findFault(request)) return {std::nullopt, std::move(fault)};
    try {
        return {queue_.add(request, place), std::nullopt};
    } catch (const Error& error) {
        return {std::nullopt, error};
    }
}

void Studio::takeUp(jobs::JobId id) {
    changeQueue(id, [&] { queue_.markQueued(id); });
    runner_.runWaiting();
}

void Studio::move(jobs::JobId id, jobs::JobId before) {
    changeQueue(id, [&] { queue_.move(id, before); });
}

void Studio::changeQueue(jobs::JobId id, const std::function<void()>& change) {
    try {
        change();
    } catch (const Error& error) {
        Q_EMIT jobFailed(id, error.kind(), codec::fromUtf8(error.what()));
    }
}

void Studio::cancelAll() {
    const auto jobs = queue_.jobs();
    for (auto job = jobs.crbegin(); job != jobs.crend(); ++job)
        if (!job->isOver()) runner_.cancel(job->id);
}

void Studio::start() {
    if (options_.keepsQueue) adoptStrays();
    runner_.start();
}

void Studio::lookForModels() {
    looksForModels_ = true;
    lookedFor_ = modelPlaces(options_.places, settings_.values());
    models_.look(lookedFor_);
    updateHashing();
}

/// Hashes are made in the pauses: a file of gigabytes keeps a core busy for seconds.
void Studio::updateHashing() {
    const auto& jobs = queue_.jobs();
    const bool isBusy = std::any_of(jobs.begin(), jobs.end(),
                                    [](const jobs::Job& job) { return !job.isOver(); });
    const bool shallHash = looksForModels_ && !isBusy;
    if (shallHash == isHashing_) return;
    isHashing_ = shallHash;
    models_.setHashing(shallHash);
}

/// Engine thread. A picture that can't be written where it belongs is kept beside the queue.
void Studio::storePicture(jobs::JobId id, const diffusion::Result& result) {
    gallery::Picture picture;
    try {
        picture = options_.writer ? options_.writer(result) : store()->store(result);
    } catch (const Error& error) {
        const auto kept = gallery::ImageStore::storeIn(result, keptFolder());
        throw Error(error.kind(), std::string(error.what()) + " The picture was kept as " +
                                      codec::toUtf8(kept.path) + ".");
    }
    QMetaObject::invokeMethod(
        this, [this, id, picture] { announce(id, picture); }, Qt::QueuedConnection);
}

void Studio::announce(jobs::JobId id, gallery::Picture picture) {
    try {
        // Counted first: a program that ends in between finds a file that the gallery lacks, and can
        // tell from the count that it is no picture more.
        queue_.markPicture(id);
        if (!options_.writer) picture = gallery_.add(picture);
        Q_EMIT pictureStored(id, picture);
    } catch (const Error& error) {
        Q_EMIT jobFailed(id, error.kind(), codec::fromUtf8(error.what()));
    }
}

int Studio::storeKept() {
    int moved = 0;
    const QDir kept(keptFolder());
    for (const auto& name : kept.entryList({QStringLiteral("*.png")}, QDir::Files, QDir::Name)) {
        try {
            const auto picture = store()->adopt(kept.filePath(name));
            if (!picture) continue;
            gallery_.add(*picture);
            QFile::remove(kept.filePath(name));
            ++moved;
        } catch (const Error&) {
            break;  // still no room; they stay where they are
        }
    }
    return moved;
}

/// Pictures that were written just before the program was ended are not in the gallery yet.
void Studio::adoptStrays() {
    storeKept();
    const QDir latest(latestFolder(picturesFolder()));
    storage::removeLeftovers(latest.path());
    for (const auto& name : latest.entryList({QStringLiteral("*.png")}, QDir::Files, QDir::Name)) {
        const auto path = QDir(latest.filePath(name)).absolutePath();
        if (gallery_.holds(path)) continue;
        const auto picture = gallery::ImageStore::describeFile(path);
        if (!picture) continue;
        countStray(*picture);  // first, as in announce
        gallery_.add(*picture);
    }
}

/// The picture of an interrupted job is not made a second time.
void Studio::countStray(const gallery::Picture& picture) {
    for (const auto& job : queue_.jobs()) {
        // The pictures of a job differ by their index in one of these.
        const auto& asked = job.request;
        const auto& made = picture.request;
        const auto index = made.seed - asked.seed + made.variation_seed - asked.variation_seed +
                           made.batch_position - asked.batch_position;
        const bool isNext = index == job.pictures && !job.isOver() && index < asked.count &&
                            made.prompt == asked.prompt && made.steps == asked.steps;
        if (isNext) return queue_.markPicture(job.id);
    }
}

QString Studio::keptFolder() const {
    return options_.places.data + QStringLiteral("/kept");
}

}  // namespace studio
