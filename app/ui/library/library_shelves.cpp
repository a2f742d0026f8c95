// What the library's desk does with files in the trash, collections and saved searches.

#include "app/codec/text.h"
#include "app/gallery/trash.h"
#include "app/ui/library/library_desk.h"
#include "diffusion/error.h"

#include <QFileInfo>

#include <memory>

namespace ui {

void LibraryDesk::trash(const PictureIds& pictures) {
    if (pictures.isEmpty()) return;
    step(
        tr("Move to the trash"), [this, pictures] { moveFiles(pictures, true); },
        [this, pictures] { moveFiles(pictures, false); });
}

void LibraryDesk::restore(const PictureIds& pictures) {
    if (pictures.isEmpty()) return;
    step(
        tr("Take out of the trash"), [this, pictures] { moveFiles(pictures, false); },
        [this, pictures] { moveFiles(pictures, true); });
}

/// Files are moved off this thread, one after the other; what could be moved is written down.
void LibraryDesk::moveFiles(const PictureIds& pictures, bool isToTrash) {
    QList<gallery::FilePlace> moves;
    for (const auto& file : database().filesOf(pictures))
        if (file.beforeTrash.isEmpty() == isToTrash) moves.append(file);
    mover_.start([this, moves, isToTrash] {
        gallery::NewPaths moved;
        QStringList reasons;
        for (const auto& move : moves) {
            // One whose file is gone leaves the library, and comes back, without it.
            const bool hasFile = isToTrash ? QFileInfo::exists(move.path) : move.path != move.beforeTrash;
            try {
                const auto& path = move.path;
                moved.append({move.id, !hasFile    ? path
                                       : isToTrash ? gallery::moveToTrash(path)
                                                   : gallery::restoreFromTrash(
                                                         path, move.beforeTrash)});
            } catch (const diffusion::Error& error) {
                reasons += codec::fromUtf8(error.what());
            }
        }
        QMetaObject::invokeMethod(this, [this, moved, reasons, isToTrash] {
            attempt([&] {
                isToTrash ? database().markTrashed(moved) : database().markRestored(moved);
            });
            PictureIds ids;
            for (const auto& [id, path] : moved) ids += id;
            list_.readAnew(ids);
            if (!reasons.isEmpty()) Q_EMIT troubled(reasons.join(QLatin1Char('\n')));
            if (ids.isEmpty()) return;
            if (isToTrash)
                Q_EMIT trashed(ids);
            else
                Q_EMIT restored(ids);
        });
    });
}

void LibraryDesk::addCollection(const QString& name, const PictureIds& pictures) {
    const auto id = std::make_shared<qint64>(0);
    step(
        tr("New collection"),
        [this, id, name, pictures] {
            *id = database().shelves().addCollection(name);
            database().shelves().put(*id, pictures);
            readShelves();
        },
        [this, id] {
            database().shelves().removeCollection(*id);
            readShelves();
        });
}

void LibraryDesk::putInto(qint64 collection, const PictureIds& pictures) {
    const auto known = database().shelves().picturesOf(collection);
    PictureIds fresh;
    for (const auto id : pictures)
        if (!known.contains(id)) fresh += id;
    if (fresh.isEmpty()) return;
    step(
        tr("Put into a collection"),
        [this, collection, fresh] {
            database().shelves().put(collection, fresh);
            refresh();
        },
        [this, collection, fresh] {
            database().shelves().take(collection, fresh);
            refresh();
        });
}

void LibraryDesk::takeOut(qint64 collection, const PictureIds& pictures) {
    if (pictures.isEmpty()) return;
    step(
        tr("Take out of a collection"),
        [this, collection, pictures] {
            database().shelves().take(collection, pictures);
            refresh();
        },
        [this, collection, pictures] {
            database().shelves().put(collection, pictures);
            refresh();
        });
}

void LibraryDesk::renameCollection(qint64 collection, const QString& name) {
    QString before;
    for (const auto& shelf : collections_)
        if (shelf.id == collection) before = shelf.name;
    const auto rename = [this, collection](const QString& to) {
        database().shelves().renameCollection(collection, to);
        readShelves();
    };
    step(tr("Rename"), [rename, name] { rename(name); }, [rename, before] { rename(before); });
}

void LibraryDesk::removeCollection(qint64 collection) {
    QString name;
    for (const auto& shelf : collections_)
        if (shelf.id == collection) name = shelf.name;
    const auto id = std::make_shared<qint64>(collection);
    const auto pictures = database().shelves().picturesOf(collection);
    if (filter().place == gallery::Place::collection && filter().collection == collection)
        setFilter({});
    step(
        tr("Remove the collection"),
        [this, id] {
            database().shelves().removeCollection(*id);
            readShelves();
        },
        [this, id, name, pictures] {
            *id = database().shelves().addCollection(name);
            database().shelves().put(*id, pictures);
            readShelves();
        });
}

void LibraryDesk::keepSearch(const QString& name) {
    const auto id = std::make_shared<qint64>(0);
    step(
        tr("Keep the search"),
        [this, id, name, text = gallery::toText(filter())] {
            *id = database().shelves().addSearch(name, text);
            readShelves();
        },
        [this, id] {
            database().shelves().removeSearch(*id);
            readShelves();
        });
}

void LibraryDesk::renameSearch(qint64 search, const QString& name) {
    QString before;
    for (const auto& shelf : searches_)
        if (shelf.id == search) before = shelf.name;
    const auto rename = [this, search](const QString& to) {
        database().shelves().renameSearch(search, to);
        readShelves();
    };
    step(tr("Rename"), [rename, name] { rename(name); }, [rename, before] { rename(before); });
}

void LibraryDesk::removeSearch(qint64 search) {
    gallery::Shelf old;
    for (const auto& shelf : searches_)
        if (shelf.id == search) old = shelf;
    const auto id = std::make_shared<qint64>(search);
    step(
        tr("Remove the search"),
        [this, id] {
            database().shelves().removeSearch(*id);
            readShelves();
        },
        [this, id, old] {
            *id = database().shelves().addSearch(old.name, old.filter);
            readShelves();
        });
}

}  // namespace ui
