// What a person says of pictures, and where their files are.

#include "app/gallery/gallery_database.h"
#include "app/gallery/gallery_schema_impl.h"

#include <QDateTime>
#include <QFileInfo>

namespace gallery {
namespace {

Marks apply(const Marks& before, const MarkChange& change) {
    return {change.rating.value_or(before.rating), change.pick.value_or(before.pick),
            change.label.value_or(before.label)};
}

void writeMarks(storage::Sqlite& file, PictureId id, const Marks& marks) {
    file.run(QStringLiteral("UPDATE library SET rating = ?, pick = ?, label = ? WHERE id = ?"),
             {marks.rating, int(marks.pick), marks.label, id});
}

}  // namespace

OldMarks GalleryDatabase::setMarks(const QList<PictureId>& ids, const MarkChange& change) {
    OldMarks before;
    storage::Transaction all(file_);
    for (const auto id : ids) {
        auto row =
            file_.run(QStringLiteral("SELECT rating, pick, label FROM library WHERE id = ?"), {id});
        if (!row.next()) continue;
        const Marks old{row.value(0).toInt(), Pick(row.value(1).toInt()), row.value(2).toInt()};
        row.finish();
        before.append({id, old});
        writeMarks(file_, id, apply(old, change));
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
    storage::Transaction all(file_);
    for (const auto& [id, path] : files) {
        file_.run(QStringLiteral("UPDATE pictures SET path = ? WHERE id = ?"), {path, id});
        file_.run(
            QStringLiteral("UPDATE library SET trashed = 0, state = 0, folder = ? WHERE id = ?"),
            {wordId(int(WordKind::folder), QFileInfo(path).path()), id});
        file_.run(QStringLiteral("DELETE FROM trashed WHERE id = ?"), {id});
    }
    all.commit();
    for (const auto& [id, path] : files)
        if (const auto picture = find(id)) Q_EMIT changed(*picture);
}

QString GalleryDatabase::placeBeforeTrash(PictureId id) {
    auto row = file_.run(QStringLiteral("SELECT path FROM trashed WHERE id = ?"), {id});
    return row.next() ? row.value(0).toString() : QString();
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
