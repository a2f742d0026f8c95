#pragma once

// The library's questions to the database, asked by any thread and answered on one of its own: which
// pictures a filter shows, their cards, how many lie where, which models and samplers there are.

#include "app/gallery/card.h"
#include "app/gallery/picture_filter.h"

#include <QHash>
#include <QList>
#include <QObject>
#include <QThread>

#include <atomic>
#include <functional>
#include <memory>

namespace storage {
class Sqlite;
}

namespace gallery {

using PictureIds = QList<PictureId>;

/// A value of a field with the number of pictures that have it.
struct Share {
    QString name;
    int count = 0;
};

/// What the filter bar offers.
struct Choices {
    QList<Share> models;
    QList<Share> loras;
    QList<Share> samplers;
    QList<Share> sizes;  ///< "512x768"
};

/// How many pictures there are, for the side of the library.
struct Counts {
    int all = 0;
    int lastImport = 0;
    int picks = 0;
    int trash = 0;
    QHash<qint64, int> collections;
    QHash<qint64, int> searches;
    QHash<QString, int> folders;  ///< those directly in them
};

/// One connection that only reads. What can't be read (a file that another program locks for seconds)
/// is answered with nothing and told by failed().
class GalleryReader : public QObject {
    Q_OBJECT

public:
    explicit GalleryReader(const QString& file);
    ~GalleryReader() override;

    /// found follows, twice where there are many: the first page at once, then all. Of several
    /// questions in a row only the last is answered for sure.
    void ask(const PictureFilter& filter);
    void askCards(const PictureIds& ids);
    /// The saved searches are asked, too.
    void askCounts(const QList<std::pair<qint64, PictureFilter>>& searches);
    void askChoices();

    /// The answers themselves, on the thread that calls; for tests and benchmarks.
    static PictureIds idsOf(storage::Sqlite& file, const PictureFilter& filter, int limit = -1);
    static QList<Card> cardsOf(storage::Sqlite& file, const PictureIds& ids);

Q_SIGNALS:
    /// total is negative while only the first page is known.
    void found(const gallery::PictureFilter& filter, const gallery::PictureIds& ids, bool isWhole);
    void cards(const QList<gallery::Card>& cards);
    void counts(const gallery::Counts& counts);
    void choices(const gallery::Choices& choices);
    void failed(const QString& message);

private:
    void run(const std::function<void(storage::Sqlite&)>& question);

    QString path_;
    QThread thread_;
    QObject* worker_;  // lives on the thread
    std::shared_ptr<storage::Sqlite> file_;  // made and ended on the thread
    std::atomic<int> latest_ = 0;
};

}  // namespace gallery
