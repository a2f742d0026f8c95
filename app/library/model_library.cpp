#include "app/library/model_library.h"

#include "app/library/library_worker.h"

#include <algorithm>

namespace library {
namespace {

bool isSameRow(const Model& a, const Model& b) {
    return a.path == b.path && a.bytes == b.bytes && a.modified == b.modified &&
           a.state == b.state;
}

}  // namespace

ModelLibrary::ModelLibrary(EngineFactory engine, QString shippedModel, QObject* parent)
    : QObject(parent),
      worker_(std::make_unique<LibraryWorker>(*this, std::move(engine), std::move(shippedModel))) {
    thread_.setObjectName(QStringLiteral("library"));
    worker_->moveToThread(&thread_);
}

ModelLibrary::~ModelLibrary() {
    ++round_;
    stopHashing_.request_stop();
    if (!thread_.isRunning()) return;
    post([](LibraryWorker& worker) { worker.end(); });
    post([this](LibraryWorker&) { thread_.quit(); });
    thread_.wait();
}

void ModelLibrary::look(const ModelPlaces& places) {
    isReading_ = true;
    const auto round = ++round_;
    post([places, round](LibraryWorker& worker) { worker.look(places, round); });
}

void ModelLibrary::lookAgain() {
    const auto round = ++round_;
    post([round](LibraryWorker& worker) { worker.lookAgain(round); });
}

void ModelLibrary::setHashing(bool isOn) {
    isHashing_ = isOn;
    stopHashing_.request_stop();
    if (!isOn) return;
    stopHashing_ = std::stop_source();
    post([stop = stopHashing_.get_token()](LibraryWorker& worker) { worker.hash(stop); });
}

const Model* ModelLibrary::find(const QString& path) const {
    const auto row = std::find_if(models_.begin(), models_.end(),
                                  [&](const Model& model) { return model.path == path; });
    return row == models_.end() ? nullptr : &*row;
}

void ModelLibrary::post(std::function<void(LibraryWorker&)> work) {
    if (!thread_.isRunning()) thread_.start();
    QMetaObject::invokeMethod(
        worker_.get(), [this, work = std::move(work)] { work(*worker_); }, Qt::QueuedConnection);
}

void ModelLibrary::takeList(QList<Model> models, QList<ModelFolder> folders) {
    isReading_ = true;
    const bool isSame = folders == folders_ &&
                        std::equal(models.begin(), models.end(), models_.begin(), models_.end(),
                                   isSameRow);
    if (isSame) return;
    models_ = std::move(models);
    folders_ = std::move(folders);
    Q_EMIT listChanged();
}

void ModelLibrary::takeModel(const Model& model) {
    for (auto& row : models_)
        if (row.path == model.path) row = model;
    Q_EMIT modelChanged(model.path);
}

void ModelLibrary::takeHash(const QString& path, const QString& sha256) {
    for (auto& row : models_)
        if (row.path == path) row.sha256 = sha256;
    Q_EMIT modelChanged(path);
}

void ModelLibrary::settle() {
    isReading_ = false;
    Q_EMIT settled();
    if (isHashing_) setHashing(true);
}

}  // namespace library
