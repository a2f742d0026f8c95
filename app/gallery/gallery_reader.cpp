#include "app/gallery/gallery_reader.h"

#include "app/codec/text.h"
#include "app/gallery/gallery_schema_impl.h"
#include "app/storage/sqlite.h"
#include "diffusion/error.h"

namespace gallery {
namespace {

constexpr int firstPage = 400;
constexpr int promptLetters = 240;

/// "12,7,3": one text instead of a row each, which costs a third.
PictureIds idsIn(const QByteArray& text) {
    PictureIds ids;
    ids.reserve(text.count(',') + 1);
    PictureId number = 0;
    for (const char c : text) {
        if (c == ',') {
            ids.append(number);
            number = 0;
        } else {
            number = number * 10 + (c - '0');
        }
    }
    if (!text.isEmpty()) ids.append(number);
    return ids;
}

int countOf(storage::Sqlite& file, const PictureFilter& filter) {
    const auto condition = conditionOf(filter);
    auto row = file.run(QStringLiteral("SELECT count(*) FROM library WHERE ") + condition.text,
                        condition.values);
    return row.next() ? row.value(0).toInt() : 0;
}

QList<Share> sharesOf(storage::Sqlite& file, const QString& statement) {
    auto rows = file.run(statement);
    QList<Share> shares;
    while (rows.next()) shares.append({rows.value(0).toString(), rows.value(1).toInt()});
    return shares;
}

QList<Share> wordShares(storage::Sqlite& file, const QString& column) {
    return sharesOf(file,
                    QStringLiteral("SELECT words.text, n FROM (SELECT %1 AS word, count(*) AS n "
                                   "FROM library WHERE trashed = 0 GROUP BY %1) "
                                   "JOIN words ON words.id = word WHERE words.text <> '' "
                                   "ORDER BY n DESC, words.text LIMIT 200")
                        .arg(column));
}

Counts countsOf(storage::Sqlite& file, const QList<std::pair<qint64, PictureFilter>>& searches) {
    Counts counts;
    const auto at = [&](Place place) {
        PictureFilter filter;
        filter.place = place;
        return countOf(file, filter);
    };
    counts.all = at(Place::all);
    counts.lastImport = at(Place::lastImport);
    counts.picks = at(Place::picks);
    counts.trash = at(Place::trash);
    auto rows = file.run(QStringLiteral(
        "SELECT collection, count(*) FROM collection_pictures JOIN library "
        "ON library.id = collection_pictures.id WHERE trashed = 0 GROUP BY collection"));
    while (rows.next())
        counts.collections.insert(rows.value(0).toLongLong(), rows.value(1).toInt());
    for (const auto& [id, filter] : searches) counts.searches.insert(id, countOf(file, filter));
    for (const auto& share : wordShares(file, QStringLiteral("folder")))
        counts.folders.insert(share.name, share.count);
    return counts;
}

Choices choicesOf(storage::Sqlite& file) {
    Choices choices;
    choices.models = wordShares(file, QStringLiteral("model"));
    choices.samplers = wordShares(file, QStringLiteral("sampler"));
    choices.loras = sharesOf(
        file, QStringLiteral("SELECT words.text, count(*) AS n FROM picture_loras "
                             "JOIN words ON words.id = lora GROUP BY lora "
                             "ORDER BY n DESC, words.text LIMIT 200"));
    choices.sizes = sharesOf(
        file, QStringLiteral("SELECT width || 'x' || height, count(*) AS n FROM library "
                             "WHERE trashed = 0 AND width > 0 GROUP BY width, height "
                             "ORDER BY n DESC LIMIT 20"));
    return choices;
}

Card cardOf(const QSqlQuery& row) {
    Card card;
    card.id = row.value(0).toLongLong();
    card.path = row.value(1).toString();
    card.prompt = row.value(2).toString();
    card.width = row.value(3).toInt();
    card.height = row.value(4).toInt();
    card.marks = {row.value(5).toInt(), Pick(row.value(6).toInt()), row.value(7).toInt()};
    card.state = FileState(row.value(8).toInt());
    card.isForeign = !row.value(9).toString().isEmpty();
    card.hasLora = row.value(10).toBool();
    return card;
}

}  // namespace

GalleryReader::GalleryReader(const QString& file) : path_(file), worker_(new QObject) {
    worker_->moveToThread(&thread_);
    thread_.start();
}

GalleryReader::~GalleryReader() {
    ++latest_;
    // The connection ends where it was made.
    QMetaObject::invokeMethod(
        worker_, [this] { file_.reset(); }, Qt::BlockingQueuedConnection);
    thread_.quit();
    thread_.wait();
    delete worker_;
}

void GalleryReader::run(const std::function<void(storage::Sqlite&)>& question) {
    QMetaObject::invokeMethod(worker_, [this, question] {
        try {
            if (!file_) file_ = std::make_shared<storage::Sqlite>(path_);
            question(*file_);
        } catch (const diffusion::Error& error) {
            Q_EMIT failed(codec::fromUtf8(error.what()));
        }
    });
}

void GalleryReader::ask(const PictureFilter& filter) {
    const int ticket = ++latest_;
    run([this, ticket, filter](storage::Sqlite& file) {
        if (ticket != latest_) return;
        auto ids = idsOf(file, filter, firstPage);
        const bool isWhole = ids.size() < firstPage;
        Q_EMIT found(filter, ids, isWhole);
        if (isWhole || ticket != latest_) return;
        Q_EMIT found(filter, idsOf(file, filter), true);
    });
}

void GalleryReader::askCards(const PictureIds& ids) {
    run([this, ids](storage::Sqlite& file) { Q_EMIT cards(cardsOf(file, ids)); });
}

void GalleryReader::askCounts(const QList<std::pair<qint64, PictureFilter>>& searches) {
    run([this, searches](storage::Sqlite& file) { Q_EMIT counts(countsOf(file, searches)); });
}

void GalleryReader::askChoices() {
    run([this](storage::Sqlite& file) { Q_EMIT choices(choicesOf(file)); });
}

PictureIds GalleryReader::idsOf(storage::Sqlite& file, const PictureFilter& filter, int limit) {
    const auto condition = conditionOf(filter);
    auto row = file.run(QStringLiteral("SELECT group_concat(id) FROM (SELECT id FROM library "
                                       "WHERE %1 ORDER BY %2 LIMIT %3)")
                            .arg(condition.text, orderOf(filter))
                            .arg(limit),
                        condition.values);
    return row.next() ? idsIn(row.value(0).toByteArray()) : PictureIds();
}

QList<Card> GalleryReader::cardsOf(storage::Sqlite& file, const PictureIds& ids) {
    QStringList numbers;
    for (const auto id : ids) numbers += QString::number(id);
    auto rows = file.run(
        QStringLiteral("SELECT library.id, pictures.path, substr(pictures.prompt, 1, %2), "
                       "library.width, library.height, rating, pick, label, state, "
                       "pictures.program, EXISTS "
                       "(SELECT 1 FROM picture_loras WHERE picture_loras.id = library.id) "
                       "FROM library JOIN pictures ON pictures.id = library.id "
                       "WHERE library.id IN (%1)")
            .arg(numbers.join(QLatin1Char(',')))
            .arg(promptLetters));
    QList<Card> cards;
    while (rows.next()) cards.append(cardOf(rows));
    return cards;
}

}  // namespace gallery
