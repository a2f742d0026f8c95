#include "app/gallery/picture_list.h"

#include <QFileInfo>

#include <algorithm>

namespace gallery {
namespace {

constexpr int mostCards = 3000;
/// Asked for together with a row, so that scrolling rarely meets an empty one.
constexpr int neighbours = 40;

}  // namespace

PictureList::PictureList(GalleryReader& reader, QObject* parent)
    : QAbstractListModel(parent), reader_(reader), cards_(mostCards) {
    asking_.setSingleShot(true);
    asking_.setInterval(0);
    connect(&asking_, &QTimer::timeout, this, &PictureList::askWanted);
    connect(&reader_, &GalleryReader::found, this, &PictureList::take);
    connect(&reader_, &GalleryReader::cards, this, &PictureList::keepCards);
}

int PictureList::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(ids_.size());
}

QVariant PictureList::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= ids_.size()) return {};
    if (role == IdRole) return ids_.at(index.row());
    const auto shown = card(index.row());
    switch (role) {
        case CardRole:
            return QVariant::fromValue(shown);
        case Qt::DisplayRole:
            return QFileInfo(shown.path).fileName();
        case PathRole:
            return shown.path;
        case Qt::ToolTipRole:
        case PromptRole:
        case Qt::AccessibleTextRole:
            return shown.prompt.isEmpty() ? QFileInfo(shown.path).fileName() : shown.prompt;
        default:
            return {};
    }
}

void PictureList::setFilter(const PictureFilter& filter) {
    filter_ = filter;
    isComplete_ = false;
    reader_.ask(filter_);
}

void PictureList::refresh() {
    reader_.ask(filter_);
}

/// The old ones are shown until then: empty cells would flicker.
void PictureList::readAnew(const PictureIds& ids) {
    for (const auto id : ids)
        if (cards_.contains(id) || asked_.contains(id)) wanted_.insert(id);
    if (!wanted_.isEmpty() && !asking_.isActive()) asking_.start();
}

void PictureList::readAllAnew() {
    readAnew(cards_.keys());
}

void PictureList::take(const PictureFilter& filter, const PictureIds& ids, bool isWhole) {
    if (!(filter == filter_)) return;
    // A first page says nothing new to a list that only asks again.
    if (!isWhole && isComplete_) return;
    isComplete_ = isWhole;
    replace(ids);
    Q_EMIT answered();
}

/// What is equal at both ends stays; between them rows go and come.
void PictureList::replace(const PictureIds& ids) {
    const auto front = std::mismatch(ids_.begin(), ids_.end(), ids.begin(), ids.end());
    const int head = int(front.first - ids_.begin());
    int tail = 0;
    const int most = int(std::min(ids_.size(), ids.size())) - head;
    while (tail < most && ids_[ids_.size() - 1 - tail] == ids[ids.size() - 1 - tail]) ++tail;
    const int oldEnd = int(ids_.size()) - tail;
    const int newEnd = int(ids.size()) - tail;
    if (oldEnd > head) {
        beginRemoveRows({}, head, oldEnd - 1);
        ids_.remove(head, oldEnd - head);
        rows_.clear();
        endRemoveRows();
    }
    if (newEnd > head) {
        beginInsertRows({}, head, newEnd - 1);
        ids_ = ids;
        rows_.clear();
        endInsertRows();
    }
}

int PictureList::rowOf(PictureId id) const {
    if (rows_.isEmpty())
        for (int row = 0; row < ids_.size(); ++row) rows_.insert(ids_.at(row), row);
    return rows_.value(id, -1);
}

Card PictureList::card(int row) const {
    const auto id = idAt(row);
    if (const Card* known = cards_.object(id)) return *known;
    if (id > 0) want(row);
    return {};
}

void PictureList::want(int row) const {
    const int first = std::max(0, row - neighbours);
    const int last = std::min(int(ids_.size()) - 1, row + neighbours);
    if (asked_.contains(ids_.at(row)) || wanted_.contains(ids_.at(row))) return;
    for (int each = first; each <= last; ++each) {
        const auto id = ids_.at(each);
        if (!cards_.contains(id) && !asked_.contains(id)) wanted_.insert(id);
    }
    if (!asking_.isActive()) asking_.start();
}

void PictureList::askWanted() {
    if (wanted_.isEmpty()) return;
    reader_.askCards(wanted_.values());
    asked_ += wanted_;
    wanted_.clear();
}

void PictureList::keepCards(const QList<Card>& cards) {
    int first = int(ids_.size());
    int last = -1;
    for (const auto& card : cards) {
        asked_.remove(card.id);
        cards_.insert(card.id, new Card(card));
        const int row = rowOf(card.id);
        if (row < 0) continue;
        first = std::min(first, row);
        last = std::max(last, row);
    }
    if (last >= 0) Q_EMIT dataChanged(index(first), index(last));
}

}  // namespace gallery
