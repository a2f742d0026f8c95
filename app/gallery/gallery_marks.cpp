// What a person says of pictures, and where their files are.

#include "app/gallery/gallery_database.h"
#include "app/gallery/gallery_schema_impl.h"

#include <QDateTime>
#include <QFileInfo>

namespace gallery {
namespace {

/// "4,7,9", so many that a statement stays short.
QStringList chunksOf(const QList<PictureId>& ids) {
    constexpr int most = 500;
    QStringList chunks;
    for (qsizetype first = 0; first < ids.size(); first += most) {
        QStringList numbers;
        for (const auto id : ids.mid(first, most)) numbers += QString::number(id);
        chunks += numbers.join(QLatin1Char(','));
    }
    return chunks;
}

void writeMarks(storage::Sqlite& file, PictureId id, const Marks& marks) {
    file.run(QStringLiteral("UPDATE library SET rating = ?, pick = ?, label = ? WHERE id = ?"),
             {marks.rating, int(marks.pick), marks.label, id});
}

}  // namespace

OldMarks GalleryDatabase::setMarks(const QList<PictureId>& ids, const MarkChange& change) {
    const auto bound = [](const auto& mark) { return mark ? QVariant(int(*mark)) : QVariant(); };
    OldMarks before;
    storage::Transaction all(file_);
    for (const auto& some : chunksOf(ids)) {
        auto rows = file_.run(
            QStringLiteral("SELECT id, rating, pick, label FROM library WHERE id IN (%1)").arg(some));
        while (rows.next())
            before.append({rows.value(0).toLongLong(),
                           {rows.value(1).toInt(), Pick(rows.value(2).toInt()),
                            rows.value(3).toInt()}});
        rows.finish();
        file_.run(QStringLiteral("UPDATE library SET rating = coalesce(?, rating), "
                                 "pick = coalesce(?, pick), label = coalesce(?, label) "
                                 "WHERE id IN (%1)")
                      .arg(some),
                  {bound(change.rating), bound(change.pick), bound(change.label)});
    }
    all.commit();
    Q_EMIT marked(ids);
    return before;
}

void GalleryDatabase::restoreMarks(const OldMarks& marks) {
    storage::Transaction all(file_);
    QList<PictureId> ids;
    for (const auto& [id, old] : marks) {
        writeMarks(file_, id, old);
        ids.append(id);
    }
    all.commit();
    Q_EMIT marked(ids);
}

void GalleryDatabase::markTrashed(const NewPaths& files) {
    storage::Transaction all(file_);
    for (const auto& [id, path] : files) {
        file_.run(QStringLiteral("INSERT OR REPLACE INTO trashed (id, path, time) "
                                 "SELECT id, path, ? FROM pictures WHERE id = ?"),
                  {QDateTime::currentMSecsSinceEpoch(), id});
        // The old path is free for another picture.
        file_.run(QStringLiteral("UPDATE pictures SET path = ? WHERE id = ?"), {path, id});
        file_.run(QStringLiteral("UPDATE library SET trashed = 1 WHERE id = ?"), {id});
    }
    all.commit();
    for (const auto& [id, path] : files) Q_EMIT removed(id);
}

void GalleryDatabase::markRestored(const NewPaths& files) {
    words_.clear();
    QList<PictureId> doubles;
    storage::Transaction all(file_);
    for (const auto& [id, path] : files) {
        // A search for files may have met it first; the row with the marks is the one that stays.
        if (const auto other = findPath(path); other && *other != id) {
            erase(*other);
            doubles += *other;
        }
        file_.run(QStringLiteral("UPDATE pictures SET path = ? WHERE id = ?"), {path, id});
        file_.run(
            QStringLiteral("UPDATE library SET trashed = 0, state = 0, folder = ? WHERE id = ?"),
            {wordId(int(WordKind::folder), QFileInfo(path).path()), id});
        file_.run(QStringLiteral("DELETE FROM trashed WHERE id = ?"), {id});
    }
    all.commit();
    for (const auto id : doubles) Q_EMIT removed(id);
    for (const auto& [id, path] : files)
        if (const auto picture = find(id)) Q_EMIT changed(*picture);
}

QList<FilePlace> GalleryDatabase::filesOf(const QList<PictureId>& ids) {
    QList<FilePlace> files;
    for (const auto& some : chunksOf(ids)) {
        auto rows = file_.run(QStringLiteral("SELECT pictures.id, pictures.path, trashed.path "
                                             "FROM pictures LEFT JOIN trashed "
                                             "ON trashed.id = pictures.id "
                                             "WHERE pictures.id IN (%1)")
                                  .arg(some));
        while (rows.next())
            files.append({rows.value(0).toLongLong(), rows.value(1).toString(),
                          rows.value(2).toString()});
    }
    return files;
}

NewPaths GalleryDatabase::trashedFiles() {
    auto rows = file_.run(QStringLiteral(
        "SELECT pictures.id, pictures.path FROM trashed JOIN pictures ON pictures.id = trashed.id"));
    NewPaths files;
    while (rows.next()) files.append({rows.value(0).toLongLong(), rows.value(1).toString()});
    return files;
}

void GalleryDatabase::setFacts(PictureId id, const FileFacts& facts) {
    file_.run(QStringLiteral("UPDATE library SET bytes = ?, time = ?, state = ? WHERE id = ?"),
              {facts.bytes, facts.time, int(facts.state), id});
}

void GalleryDatabase::setState(const QList<PictureId>& ids, FileState state) {
    storage::Transaction all(file_);
    for (const auto id : ids)
        file_.run(QStringLiteral("UPDATE library SET state = ? WHERE id = ?"), {int(state), id});
    all.commit();
}

void GalleryDatabase::setPath(PictureId id, const QString& path) {
    words_.clear();
    storage::Transaction all(file_);
    file_.run(QStringLiteral("UPDATE pictures SET path = ? WHERE id = ?"), {path, id});
    file_.run(QStringLiteral("UPDATE library SET folder = ?, state = 0 WHERE id = ?"),
              {wordId(int(WordKind::folder), QFileInfo(path).path()), id});
    all.commit();
}

qint64 GalleryDatabase::nextImport() {
    auto row = file_.run(QStringLiteral("SELECT coalesce(max(import), 0) + 1 FROM library"));
    return row.next() ? row.value(0).toLongLong() : 1;
}

QHash<QString, GalleryDatabase::KnownFile> GalleryDatabase::knownFiles(const QString& folder) {
    const auto below = folder + QLatin1Char('/');
    auto rows = file_.run(
        QStringLiteral("SELECT pictures.path, library.id, bytes, time, state, import "
                       "FROM library JOIN pictures ON pictures.id = library.id "
                       "WHERE trashed = 0 AND library.folder IN (SELECT id FROM words "
                       "WHERE kind = %1 AND (? = '' OR text = ? OR substr(text, 1, ?) = ?))")
            .arg(int(WordKind::folder)),
        {folder, folder, below.size(), below});
    QHash<QString, KnownFile> known;
    while (rows.next())
        known.insert(rows.value(0).toString(),
                     {rows.value(1).toLongLong(),
                      {rows.value(2).toLongLong(), rows.value(3).toLongLong(),
                       FileState(rows.value(4).toInt()), rows.value(5).toLongLong()}});
    return known;
}

}  // namespace gallery
