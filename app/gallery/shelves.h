#pragma once

// What a person keeps in the library beside pictures: collections of them, searches, folders.

#include "app/gallery/picture.h"
#include "app/storage/sqlite.h"

#include <QList>
#include <QString>
#include <QStringList>

namespace gallery {

struct Shelf {
    qint64 id = 0;
    QString name;
    QString filter;  ///< of a saved search, as picture_filter.h writes it

    bool operator==(const Shelf&) const = default;
};

/// Names are unique: a taken one gets a number, "Owls 2". Every function throws Error cannot_write.
class Shelves {
public:
    explicit Shelves(storage::Sqlite& file) : file_(file) {}

    /// By name.
    QList<Shelf> collections();
    qint64 addCollection(const QString& name);
    void renameCollection(qint64 id, const QString& name);
    /// The pictures stay.
    void removeCollection(qint64 id);
    void put(qint64 collection, const QList<PictureId>& pictures);
    void take(qint64 collection, const QList<PictureId>& pictures);
    QList<PictureId> picturesOf(qint64 collection);

    QList<Shelf> searches();
    qint64 addSearch(const QString& name, const QString& filter);
    void renameSearch(qint64 id, const QString& name);
    void removeSearch(qint64 id);

    /// Looked at again whenever something in them changes; absolute, without a slash at the end.
    QStringList folders();
    void addFolder(const QString& path);
    /// The pictures stay in the library.
    void removeFolder(const QString& path);

private:
    QList<Shelf> shelvesOf(const QString& statement);
    /// The name, or with the first number that is free.
    QString freeName(const QString& table, const QString& name, qint64 except = 0);

    storage::Sqlite& file_;
};

}  // namespace gallery
