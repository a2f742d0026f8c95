#pragma once

// The models that there are: what lies in the user's folders and in those of other programs, where it
// is. A thread of the library's own finds them, reads their headers, hashes them and watches their
// folders; it has an engine of its own, so that the list fills while pictures are made. Values and
// signals belong to the thread that made the library.

#include "app/library/model.h"
#include "app/library/model_places.h"

#include <QList>
#include <QObject>
#include <QThread>

#include <atomic>
#include <memory>
#include <stop_token>

namespace library {

class LibraryWorker;

class ModelLibrary : public QObject {
    Q_OBJECT

public:
    /// shippedModel is the folder of the model with the empty path. Nothing is read before look().
    ModelLibrary(EngineFactory engine, QString shippedModel, QObject* parent = nullptr);
    /// Stops what is being read or hashed, and waits for it.
    ~ModelLibrary() override;

    /// Searches these places now and whenever something in them changes. Files that were read before
    /// and have not changed are not read again.
    void look(const ModelPlaces& places);
    /// Searches the places once more.
    void lookAgain();
    /// Hashes models that have no hash yet, one after the other, while this is on and all are read.
    void setHashing(bool isOn);

    /// The one that ships, then by name. Rows that wait have a path, a name and a size only.
    const QList<Model>& models() const { return models_; }

    /// Null if there is none.
    const Model* find(const QString& path) const;

    /// The folders that were searched last, with those of other programs that were found.
    const QList<ModelFolder>& folders() const { return folders_; }

    /// False once every model of the list was read.
    bool isReading() const { return isReading_; }

Q_SIGNALS:
    void listChanged();                      ///< rows came or went, or the folders changed
    void modelChanged(const QString& path);  ///< one row was read or hashed
    void settled();                          ///< every model of the list was read
    void failed(const QString& message);     ///< there is no engine to read models with

private:
    friend class LibraryWorker;

    void post(std::function<void(LibraryWorker&)> work);
    void takeList(QList<Model> models, QList<ModelFolder> folders);
    void takeModel(const Model& model);
    void takeHash(const QString& path, const QString& sha256);
    void settle();

    QList<Model> models_;
    QList<ModelFolder> folders_;
    bool isReading_ = false;
    bool isHashing_ = false;
    std::atomic<int> round_ = 0;  ///< counts calls of look; the worker gives up older ones
    std::stop_source stopHashing_;
    QThread thread_;
    std::unique_ptr<LibraryWorker> worker_;  // lives on the thread
};

}  // namespace library
