#pragma once

// Jobs of the queue as a list for views: those that wait, oldest first, or those that are over,
// newest first.

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

    /// Puts the job in, changes it or takes it out, as its state says.
    void update(const jobs::Job& job);
    void addPicture(jobs::JobId id, const gallery::Picture& picture);

private:
    bool belongs(const jobs::Job& job) const;
    int rowOf(jobs::JobId id) const;

    Shows shows_;
    QList<jobs::Job> jobs_;
    QHash<jobs::JobId, QStringList> pictures_;
    QHash<jobs::JobId, double> seconds_;
};

}  // namespace ui
