#include "app/gallery/shelves.h"

#include <QDir>

namespace gallery {

QList<Shelf> Shelves::shelvesOf(const QString& statement) {
    auto rows = file_.run(statement);
    QList<Shelf> shelves;
    while (rows.next())
        shelves.append(
            {rows.value(0).toLongLong(), rows.value(1).toString(), rows.value(2).toString()});
    return shelves;
}

QString Shelves::freeName(const QString& table, const QString& name, qint64 except) {
    const auto plain = name.simplified();
    for (int number = 1;; ++number) {
        const auto tried = number == 1 ? plain : QStringLiteral("%1 %2").arg(plain).arg(number);
        auto row = file_.run(QStringLiteral("SELECT 1 FROM %1 WHERE name = ? AND id <> ?").arg(table),
                             {tried, except});
        if (!row.next()) return tried;
    }
}

QList<Shelf> Shelves::collections() {
    return shelvesOf(
        QStringLiteral("SELECT id, name, '' FROM collections ORDER BY name COLLATE NOCASE"));
}

qint64 Shelves::addCollection(const QString& name) {
    return file_
        .run(QStringLiteral("INSERT INTO collections (name) VALUES (?)"),
             {freeName(QStringLiteral("collections"), name)})
        .lastInsertId()
        .toLongLong();
}

void Shelves::renameCollection(qint64 id, const QString& name) {
    file_.run(QStringLiteral("UPDATE collections SET name = ? WHERE id = ?"),
              {freeName(QStringLiteral("collections"), name, id), id});
}

void Shelves::removeCollection(qint64 id) {
    storage::Transaction all(file_);
    file_.run(QStringLiteral("DELETE FROM collection_pictures WHERE collection = ?"), {id});
    file_.run(QStringLiteral("DELETE FROM collections WHERE id = ?"), {id});
    all.commit();
}

void Shelves::put(qint64 collection, const QList<PictureId>& pictures) {
    storage::Transaction all(file_);
    for (const auto id : pictures)
        file_.run(QStringLiteral("INSERT OR IGNORE INTO collection_pictures (collection, id) "
                                 "VALUES (?, ?)"),
                  {collection, id});
    all.commit();
}

void Shelves::take(qint64 collection, const QList<PictureId>& pictures) {
    storage::Transaction all(file_);
    for (const auto id : pictures)
        file_.run(QStringLiteral("DELETE FROM collection_pictures WHERE collection = ? AND id = ?"),
                  {collection, id});
    all.commit();
}

QList<PictureId> Shelves::picturesOf(qint64 collection) {
    auto rows = file_.run(
        QStringLiteral("SELECT id FROM collection_pictures WHERE collection = ?"), {collection});
    QList<PictureId> ids;
    while (rows.next()) ids.append(rows.value(0).toLongLong());
    return ids;
}

QList<Shelf> Shelves::searches() {
    return shelvesOf(
        QStringLiteral("SELECT id, name, filter FROM saved_searches ORDER BY name COLLATE NOCASE"));
}

qint64 Shelves::addSearch(const QString& name, const QString& filter) {
    return file_
        .run(QStringLiteral("INSERT INTO saved_searches (name, filter) VALUES (?, ?)"),
             {freeName(QStringLiteral("saved_searches"), name), filter})
        .lastInsertId()
        .toLongLong();
}

void Shelves::renameSearch(qint64 id, const QString& name) {
    file_.run(QStringLiteral("UPDATE saved_searches SET name = ? WHERE id = ?"),
              {freeName(QStringLiteral("saved_searches"), name, id), id});
}

void Shelves::removeSearch(qint64 id) {
    file_.run(QStringLiteral("DELETE FROM saved_searches WHERE id = ?"), {id});
}

QStringList Shelves::folders() {
    auto rows = file_.run(QStringLiteral("SELECT path FROM watched_folders ORDER BY path"));
    QStringList folders;
    while (rows.next()) folders += rows.value(0).toString();
    return folders;
}

void Shelves::addFolder(const QString& path) {
    file_.run(QStringLiteral("INSERT OR IGNORE INTO watched_folders (path) VALUES (?)"),
              {QDir::cleanPath(QDir(path).absolutePath())});
}

void Shelves::removeFolder(const QString& path) {
    file_.run(QStringLiteral("DELETE FROM watched_folders WHERE path = ?"), {path});
}

}  // namespace gallery
