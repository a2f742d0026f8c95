#pragma once

// Which pictures there are and what they were made with. One SQLite table whose columns follow the
// list of request fields; a field that is new in this version is added to an old file. Beside it
// lies an index of the prompts (prompt_grams.h).

#include "app/gallery/picture.h"
#include "app/storage/sqlite.h"

#include <QList>
#include <QObject>

#include <optional>

namespace gallery {

class GalleryDatabase : public QObject {
    Q_OBJECT

public:
    /// Throws Error cannot_write.
    explicit GalleryDatabase(const QString& file, QObject* parent = nullptr);

    /// The picture with its id. One that is stored under this path already is replaced.
    /// Throws Error cannot_write.
    Picture add(Picture picture);
    /// Forgets the row; the file stays.
    void remove(PictureId id);

    /// Newest first; those older than `before`, or the newest of all for 0.
    QList<Picture> newest(int limit, PictureId before = 0);
    /// Those whose prompts hold every one of the words, each at least as a piece of a word; pages
    /// as in newest. All pictures for words without letters.
    QList<Picture> search(const QString& words, int limit, PictureId before = 0);
    std::optional<Picture> find(PictureId id);
    bool holds(const QString& path);
    int count();

Q_SIGNALS:
    void added(const gallery::Picture& picture);
    void removed(gallery::PictureId id);

private:
    void addMissingColumns();
    void indexMissingPrompts();
    void indexPrompt(PictureId id, const QString& prompt);
    /// Before its row goes: an index without content has to be told what it holds.
    void forgetPrompt(const QString& condition, const QVariant& value);
    QList<Picture> select(const QString& condition, const QVariantList& values);

    storage::Sqlite file_;
};

}  // namespace gallery
