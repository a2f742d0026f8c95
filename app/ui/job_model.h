#pragma once

// Jobs of the queue as a list for views: those that wait or are suspended, in the order in which they
// run, or those that are over, newest first. Waiting ones can be dragged to another place.

#include "app/gallery/picture.h"
#include "app/jobs/job.h"

#include <QAbstractListModel>
#include <QHash>

namespace ui {

class JobModel : public QAbstractListModel {
    Q_OBJECT

public:
    enum class Shows { waiting, over };

    explicit JobModel(Shows shows, QObject* parent = nullptr);

    int rowCount(const QModelIndex& parent = {}) const override;
    /// DisplayRole is the prompt's first line.
    QVariant data(const QModelIndex& index, int role) const override;

    const jobs::Job& job(int row) const { return jobs_.at(row); }

    /// Paths of the pictures that the job has made in this session.
    QStringList pictures(jobs::JobId id) const { return pictures_.value(id); }

    /// Seconds from its first picture's start to its last one's end.
    double seconds(jobs::JobId id) const { return seconds_.value(id); }

    /// The order of the queue's list.
    void setOrder(const QList<jobs::Job>& jobs);

    Qt::ItemFlags flags(const QModelIndex& index) const override;
    Qt::DropActions supportedDropActions() const override { return Qt::MoveAction; }
    QStringList mimeTypes() const override;
    QMimeData* mimeData(const QModelIndexList& indexes) const override;
    bool dropMimeData(const QMimeData* data, Qt::DropAction action, int row, int column,
                      const QModelIndex& parent) override;

    /// Puts the job in, changes it or takes it out, as its state says.
    void update(const jobs::Job& job);
    void addPicture(jobs::JobId id, const gallery::Picture& picture);

Q_SIGNALS:
    /// A job was dropped before another one, or last for 0.
    void dropped(jobs::JobId job, jobs::JobId before);

private:
    bool belongs(const jobs::Job& job) const;
    int rowOf(jobs::JobId id) const;

    Shows shows_;
    QList<jobs::Job> jobs_;
    QHash<jobs::JobId, QStringList> pictures_;
    QHash<jobs::JobId, double> seconds_;
};

}  // namespace ui
