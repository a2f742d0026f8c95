#pragma once

#include "app/gallery/card.h"
#include "app/gallery/gallery_reader.h"

#include <QAbstractListModel>
#include <QCache>
#include <QHash>
#include <QSet>
#include <QTimer>

namespace gallery {

/// What a filter shows, as a list of any length: it holds the numbers of all pictures and the cards
/// of those that were looked at last. A row without its card is empty until it arrives.
class PictureList : public QAbstractListModel {
    Q_OBJECT

public:
    enum Role {
        PathRole = Qt::UserRole,
        IdRole,
        PromptRole,
        CardRole,  ///< gallery::Card; its id is 0 while it isn't known
    };

    explicit PictureList(GalleryReader& reader, QObject* parent = nullptr);

    int rowCount(const QModelIndex& parent = {}) const override;
    /// DisplayRole is the file's name, AccessibleTextRole the prompt.
    QVariant data(const QModelIndex& index, int role) const override;

    const PictureFilter& filter() const { return filter_; }

    /// Shows it from the first row on.
    void setFilter(const PictureFilter& filter);
    /// Asks again; rows that stay keep their place in selections.
    void refresh();
    /// What cards say may be old; the rows stay.
    void readAnew(const PictureIds& ids);
    void readAllAnew();

    /// Answered for the filter, not only begun.
    bool isComplete() const { return isComplete_; }

    const PictureIds& ids() const { return ids_; }

    PictureId idAt(int row) const { return row >= 0 && row < ids_.size() ? ids_.at(row) : 0; }

    /// -1 if it isn't shown.
    int rowOf(PictureId id) const;
    /// Empty while it isn't known; then it is asked for.
    Card card(int row) const;

Q_SIGNALS:
    /// The rows are those of the filter now.
    void answered();

private:
    void take(const PictureFilter& filter, const PictureIds& ids, bool isWhole);
    void replace(const PictureIds& ids);
    void keepCards(const QList<Card>& cards);
    void want(int row) const;
    void askWanted();

    GalleryReader& reader_;
    PictureFilter filter_;
    PictureIds ids_;
    bool isComplete_ = false;
    mutable QCache<PictureId, Card> cards_;
    mutable QSet<PictureId> wanted_;
    mutable QSet<PictureId> asked_;
    mutable QTimer asking_;
    mutable QHash<PictureId, int> rows_;  // made when it is asked for
};

}  // namespace gallery
