#include "app/library/library_worker.h"

#include "app/codec/text.h"
#include "app/library/model_folder.h"
#include "app/library/model_library.h"
#include "diffusion/error.h"

#include <QDateTime>
#include <QFileInfo>
#include <QSet>

#include <algorithm>
#include <chrono>

namespace library {
namespace {

using namespace std::chrono_literals;

constexpr auto settleTime = 400ms;  // a copied folder changes many times in a moment
constexpr auto growTime = 2s;       // between looks at files that are still being written
constexpr auto pollTime = 30s;      // where the system tells nothing: no watch left, no such folder

bool isSame(const Model& a, const Model& b) {
    return a.bytes == b.bytes && a.modified == b.modified;
}

bool isGrowing(const Model& model) {
    const auto age = QDateTime::currentMSecsSinceEpoch() - model.modified;
    return !model.path.isEmpty() && age >= 0 && age < 5000;
}

}  // namespace

LibraryWorker::LibraryWorker(ModelLibrary& library, EngineFactory factory, QString shippedModel)
    : library_(library), factory_(std::move(factory)), shippedModel_(std::move(shippedModel)) {}

void LibraryWorker::look(const ModelPlaces& places, int round) {
    if (round != library_.round_) return;
    begin();
    places_ = places;
    round_ = round;
    folders_ = folders(places);
    const auto models = list();
    report([models, folders = folders_](ModelLibrary& library) {
        library.takeList(models, folders);
    });
    read(models, round);
    planNextLook(std::any_of(models.begin(), models.end(), isGrowing));
}

/// On the thread that the timer belongs to.
void LibraryWorker::begin() {
    if (timer_) return;
    timer_ = std::make_unique<QTimer>();
    timer_->setSingleShot(true);
    connect(timer_.get(), &QTimer::timeout, this, [this] { look(places_, library_.round_); });
}

QList<Model> LibraryWorker::list() {
    QList<Model> models{found({}, {})};
    QStringList visited;
    QSet<QString> seen;
    for (const auto& folder : folders_) {
        const auto findings = search(folder);
        visited += findings.folders;
        if (!QFileInfo(folder.path).isDir()) visited.append(folder.path);
        for (const auto& path : findings.models) {
            if (seen.contains(path)) continue;
            seen.insert(path);
            models.append(found(path, folder.program));
        }
    }
    watch(visited);
    std::stable_sort(models.begin() + 1, models.end(), [](const Model& a, const Model& b) {
        return QString::compare(a.name, b.name, Qt::CaseInsensitive) < 0;
    });
    known_.clear();
    unhashable_.clear();
    for (const auto& model : models) known_[model.path] = model;
    return models;
}

/// What is known of the file if it has not changed since, else what its folder says.
Model LibraryWorker::found(const QString& path, const QString& program) {
    const auto place = path.isEmpty() ? shippedModel_ : path;
    Model model;
    model.path = path;
    model.name = path.isEmpty() ? QStringLiteral("Atelier") : nameOf(path);
    model.program = program;
    model.bytes = sizeOnDisk(place);
    model.modified = timeOnDisk(place);
    model.info.path = codec::toUtf8(path);
    model.info.name = codec::toUtf8(model.name);
    const auto before = known_.value(path);
    if (before.state == ModelState::waiting || !isSame(before, model)) return model;
    model.state = before.state;
    model.info = before.info;
    model.reason = before.reason;
    model.sha256 = before.sha256;
    return model;
}

void LibraryWorker::read(QList<Model> models, int round) {
    for (auto& model : models) {
        if (model.state != ModelState::waiting) continue;
        if (round != library_.round_ || !engine()) return;
        readModel(*engine(), model);
        known_[model.path] = model;
        report([model](ModelLibrary& library) { library.takeModel(model); });
    }
    report([](ModelLibrary& library) { library.settle(); });
}

void LibraryWorker::hash(std::stop_token stop) {
    if (stop.stop_requested() || !engine()) return;
    const auto next = std::find_if(known_.begin(), known_.end(), [&](const Model& model) {
        return model.state == ModelState::usable && model.sha256.isEmpty() &&
               !unhashable_.contains(model.path);
    });
    if (next == known_.end()) return;
    try {
        const auto sha256 = engine()->hash(codec::toUtf8(next->path), {}, stop);
        if (sha256.empty()) return;
        next->sha256 = codec::fromUtf8(sha256);
        report([path = next->path, sha256 = next->sha256](ModelLibrary& library) {
            library.takeHash(path, sha256);
        });
    } catch (const diffusion::Error&) {
        unhashable_.insert(next->path);  // gone or changed: the next look finds out
    }
    QMetaObject::invokeMethod(this, [this, stop] { hash(stop); }, Qt::QueuedConnection);
}

void LibraryWorker::end() {
    watcher_.reset();
    timer_.reset();
    engine_.reset();
}

void LibraryWorker::watch(const QStringList& folders) {
    watcher_ = std::make_unique<QFileSystemWatcher>();
    connect(watcher_.get(), &QFileSystemWatcher::directoryChanged, this,
            [this] { timer_->start(settleTime); });
    isAllWatched_ = folders.isEmpty() || watcher_->addPaths(folders).isEmpty();
}

void LibraryWorker::planNextLook(bool isGrowing) {
    if (isGrowing)
        timer_->start(growTime);
    else if (!isAllWatched_)
        timer_->start(pollTime);
}

diffusion::Engine* LibraryWorker::engine() {
    if (engine_ || !factory_) return engine_.get();
    try {
        engine_ = factory_();
    } catch (const diffusion::Error& error) {
        factory_ = {};
        report([message = codec::fromUtf8(error.what())](ModelLibrary& library) {
            Q_EMIT library.failed(message);
        });
    }
    return engine_.get();
}

void LibraryWorker::report(std::function<void(ModelLibrary&)> message) {
    QMetaObject::invokeMethod(
        &library_, [&library = library_, message = std::move(message)] { message(library); },
        Qt::QueuedConnection);
}

}  // namespace library
