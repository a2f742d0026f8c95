#pragma once

#include "app/library/model.h"
#include "app/library/model_places.h"

#include <QFileSystemWatcher>
#include <QHash>
#include <QObject>
#include <QSet>
#include <QStringList>
#include <QTimer>

#include <atomic>
#include <functional>
#include <memory>
#include <stop_token>

namespace library {

class ModelLibrary;

/// The library's work, on the library's thread. What it finds it reports to the library's owner.
class LibraryWorker : public QObject {
public:
    LibraryWorker(ModelLibrary& library, EngineFactory factory, QString shippedModel);

    /// Lists, then reads what is new. Ends early if the library's round is another one by then.
    void look(const ModelPlaces& places, int round);
    /// The same places once more.
    void lookAgain(int round) { look(places_, round); }
    /// Hashes one model, then posts itself for the next one.
    void hash(std::stop_token stop);
    /// Gives the engine up; on the thread that used it.
    void end();

private:
    void begin();
    QList<Model> list();
    Model found(const QString& path, const QString& program);
    void read(QList<Model> models, int round);
    void watch(const QStringList& folders);
    void planNextLook(bool isGrowing);
    diffusion::Engine* engine();
    void report(std::function<void(ModelLibrary&)> message);

    ModelLibrary& library_;
    EngineFactory factory_;
    QString shippedModel_;
    std::unique_ptr<diffusion::Engine> engine_;
    ModelPlaces places_;
    int round_ = 0;
    QList<ModelFolder> folders_;
    QHash<QString, Model> known_;  ///< by path
    QSet<QString> unhashable_;
    std::unique_ptr<QFileSystemWatcher> watcher_;
    std::unique_ptr<QTimer> timer_;  ///< until the next look
    bool isAllWatched_ = true;
};

}  // namespace library
