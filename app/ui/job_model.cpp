#include "app/ui/job_model.h"

#include "app/ui/sentences.h"

#include <QMimeData>

#include <algorithm>

namespace ui {
namespace {

const QString mimeType = QStringLiteral("application/x-atelier-job");

}  // namespace

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
        return job.error.isEmpty() ? prompt : prompt + QStringLiteral("\n\n") + inWindowLanguage(job.error);
    return {};
}

bool JobModel::belongs(const jobs::Job& job) const {
    if (shows_ == Shows::over) return job.isOver();
    return job.state == jobs::JobState::queued || job.state == jobs::JobState::suspended;
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

void JobModel::setOrder(const QList<jobs::Job>& jobs) {
    QHash<jobs::JobId, qsizetype> places;
    for (qsizetype i = 0; i < jobs.size(); ++i) places.insert(jobs[i].id, i);
    const auto comesFirst = [&](const jobs::Job& a, const jobs::Job& b) {
        return places.value(a.id) < places.value(b.id);
    };
    if (std::is_sorted(jobs_.begin(), jobs_.end(), comesFirst)) return;
    Q_EMIT layoutAboutToBeChanged();
    const auto before = jobs_;
    std::stable_sort(jobs_.begin(), jobs_.end(), comesFirst);
    for (const auto& old : persistentIndexList())
        changePersistentIndex(old, index(rowOf(before[old.row()].id)));
    Q_EMIT layoutChanged();
}

Qt::ItemFlags JobModel::flags(const QModelIndex& index) const {
    const auto usual = QAbstractListModel::flags(index);
    if (shows_ == Shows::over) return usual;
    // Dropped between the rows, not on them.
    return index.isValid() ? usual | Qt::ItemIsDragEnabled : usual | Qt::ItemIsDropEnabled;
}

QStringList JobModel::mimeTypes() const {
    return {mimeType};
}

QMimeData* JobModel::mimeData(const QModelIndexList& indexes) const {
    auto* data = new QMimeData;
    if (!indexes.isEmpty())
        data->setData(mimeType, QByteArray::number(jobs_.at(indexes.first().row()).id));
    return data;
}

bool JobModel::dropMimeData(const QMimeData* data, Qt::DropAction, int row, int,
                            const QModelIndex& parent) {
    if (!data->hasFormat(mimeType)) return false;
    const auto id = data->data(mimeType).toLongLong();
    const int place = row >= 0 ? row : parent.isValid() ? parent.row() : rowCount();
    Q_EMIT dropped(id, place < rowCount() ? jobs_.at(place).id : 0);
    // Moved by the queue, not by the view.
    return false;
}

void JobModel::addPicture(jobs::JobId id, const gallery::Picture& picture) {
    pictures_[id] << picture.path;
    seconds_[id] += picture.seconds;
    if (const int row = rowOf(id); row >= 0) Q_EMIT dataChanged(index(row), index(row));
}

}  // namespace ui
