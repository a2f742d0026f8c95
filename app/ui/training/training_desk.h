#pragma once

// The trainings of the program: what is known of each, and how one is begun, stopped and gone on
// with. Files and processes are asked on a thread of its own; values and signals belong to the
// thread that made it. Trainings go on when the program ends, and the next start finds them.

#include "app/ui/training/caption_folder.h"
#include "app/ui/training/training_journal.h"

#include <QObject>
#include <QSet>
#include <QThreadPool>
#include <QTimer>

#include <functional>

namespace ui {

class TrainingDesk : public QObject {
    Q_OBJECT

public:
    /// program: what is started to train, by default this one.
    TrainingDesk(QString data, QString program, QObject* parent = nullptr);
    ~TrainingDesk() override;

    /// Reads what trainings there are; listChanged follows. Later calls do nothing.
    void open();

    bool isOpen() const { return isRead_; }

    /// By name.
    const QList<Training>& trainings() const { return trainings_; }

    /// Null if there is none.
    const Training* find(const QString& name) const;

    const TrainingPlaces& places() const { return places_; }

    /// Whether a training of that name can't be begun anew: there is one, or a file of that name
    /// where its result would lie.
    bool isTaken(const TrainingPlan& plan) const;

    /// Whether its result is there to be used; of one that was stopped it is what it had learnt by
    /// then.
    bool hasResult(const TrainingPlan& plan) const;

    /// The one that runs, or null.
    const Training* running() const;

    /// Begins a training, or goes on with the one of this name; changed or failed follows.
    void start(const TrainingPlan& plan);
    /// Asks it to save and end; a second time: to end at once.
    void stop(const QString& name);

    /// Why its folder can't be moved now; empty: it can.
    QString obstacleToMove(const QString& name) const;
    /// Why it can't have this name; empty: it can.
    QString obstacleToRename(const QString& name, const QString& to) const;
    /// Moves it with its states and samples to the system's trash; removed or failed follows. What it
    /// taught stays where prompts find it.
    void remove(const QString& name);
    /// The reverse; restored or failed follows.
    void restore(const QString& name, const QString& inTrash);
    /// Gives it, and the file of its result, another name; renamed or failed follows.
    void rename(const QString& name, const QString& to);

    /// Reads a folder; folderRead follows, unless another one is asked for before.
    void readFolder(const QString& path);
    /// Saves a caption; captionSaved or failed follows.
    void saveCaption(const QString& picture, const QString& caption);
    /// Copies pictures into the folder and reads it again.
    void addTo(const QString& folder, const QStringList& pictures);
    /// Why a picture can't be read; broken follows where it can't.
    void examine(const QString& picture);

Q_SIGNALS:
    void listChanged();
    void changed(const QString& name);
    /// What can't be done; name is empty where it concerns no training.
    void failed(const QString& name, const QString& message);
    /// hasResult: what it taught is there still.
    void removed(const QString& name, const QString& inTrash, bool hasResult);
    void restored(const QString& name);
    void renamed(const QString& name, const QString& to);
    void folderRead(const ui::CaptionFolder& folder);
    void captionSaved(const QString& picture, const QString& caption);
    void notAdded(const QStringList& names);
    void broken(const QString& picture, const QString& reason);

private:
    struct News {
        QString name;
        QByteArray text;  ///< that the log has more
        bool isRunning = false;
        qint64 position = 0;  ///< of the log that text begins at
        QString complaint;    ///< of one that is gone
    };

    Training* known(const QString& name);
    /// At its place among the names.
    Training* insert(const Training& training);
    /// Of a training that was not moved after all.
    void takeBack(const Training& training, const QString& message);
    /// On the thread; what goes wrong there is told by failed.
    void work(const QString& name, std::function<void()> what);
    /// From the thread: on this one.
    void tell(std::function<void()> what);
    void takeName(const Training& before, const Training& now);
    void take(const News& news);
    void end(Training& training, const QString& complaint);
    void takeStart(const TrainingPlan& plan, const ProcessMark& process, qint64 position);
    void poll();
    void followRuns();

    TrainingPlaces places_;
    QString program_;
    QList<Training> trainings_;
    QSet<QString> results_;  ///< files that lie where results do
    QString wanted_;         ///< folder that was asked for last
    bool isAsked_ = false;
    bool isRead_ = false;
    bool isPolling_ = false;
    QTimer timer_;
    QThreadPool pool_;  // last: its destructor waits for what uses the rest
};

}  // namespace ui
