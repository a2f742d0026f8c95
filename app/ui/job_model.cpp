#include "app/ui/job_model.h"

#include <algorithm>

namespace ui {

JobModel::JobModel(Shows shows, QObject* parent) : QAbstractListModel(parent), shows_(shows) {}

int JobModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(jobs_.size());
}

QVariant JobModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= jobs_.size()) return {};
    const auto& job = jobs_.at(index.row());
    const QString prompt = QString::fromStdString(job.request.prompt);
    if (role == Qt::DisplayRole || role == Qt::AccessibleTextRole)
        return prompt.section(QLatin1Char('\n'), 0, 0);
    if (role == Qt::ToolTipRole)
        return job.error.isEmpty() ? prompt : prompt + QStringLiteral("\n\n") + job.error;
    return {};
}

bool JobModel::belongs(const jobs::Job& job) const {
    return shows_ == Shows::over ? job.isOver() : job.state == jobs::JobState::queued;
}

int JobModel::rowOf(jobs::JobId id) const {
    const auto found =
        std::find_if(jobs_.begin(), jobs_.end(), [&](const auto& job) { return job.id == id; });
    return found == jobs_.end() ? -1 : int(found - jobs_.begin());
}

void JobModel::update(const jobs::Job& job) {
    const int row = rowOf(job.id);
    if (!belongs(job)) {
        if (row < 0) return;
        beginRemoveRows({}, row, row);
        jobs_.removeAt(row);
        endRemoveRows();
    } else if (row >= 0) {
        jobs_[row] = job;
        Q_EMIT dataChanged(index(row), index(row));
    } else {
        const int place = shows_ == Shows::over ? 0 : int(jobs_.size());
        beginInsertRows({}, place, place);
        jobs_.insert(place, job);
        endInsertRows();
    }
}

void JobModel::addPicture(jobs::JobId id, const gallery::Picture& picture) {
    pictures_[id] << picture.path;
    seconds_[id] += picture.seconds;
    if (const int row = rowOf(id); row >= 0) Q_EMIT dataChanged(index(row), index(row));
}

}  // namespace ui
