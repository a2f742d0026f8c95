#pragma once

// Which pictures there are, what they were made with and what a person said of them. One SQLite file;
// the columns of its wide table follow the list of request fields, and a field that is new in this
// version is added to an old file. Beside it lie an index of the prompts (prompt_grams.h) and the
// narrow table that the library's lists walk (gallery_reader.h).

#include "app/gallery/card.h"
#include "app/gallery/picture.h"
#include "app/gallery/shelves.h"
#include "app/storage/sqlite.h"

#include <QHash>
#include <QList>
#include <QObject>

#include <optional>
#include <utility>

namespace gallery {

/// A picture that a search for files has found.
struct FoundPicture {
    Picture picture;
    FileFacts facts;
};

/// Marks of one picture, for undo.
using OldMarks = QList<std::pair<PictureId, Marks>>;

/// Where the file of a picture is, and where it was before it came into the trash; empty: it isn't
/// there.
struct FilePlace {
    PictureId id = 0;
    QString path;
    QString beforeTrash;
};

/// Where files are by now.
using NewPaths = QList<std::pair<PictureId, QString>>;

/// One connection; used by one thread. Several may have the same file open: the library's threads do.
/// Every function throws Error cannot_write.
class GalleryDatabase : public QObject {
    Q_OBJECT

public:
    explicit GalleryDatabase(const QString& file, QObject* parent = nullptr);

    /// The picture with its id. One that is stored under this path already is described anew; it
    /// keeps its number, its marks and its collections.
    Picture add(Picture picture);
    /// Many at once, or none. Tells nobody: whoever looks for files says when it is done.
    void addFound(const QList<FoundPicture>& pictures);
    /// Forgets the row; the file stays.
    void remove(PictureId id);

    /// Of those made here: newest first; those older than `before`, or the newest of all for 0.
    QList<Picture> newest(int limit, PictureId before = 0);
    /// Those whose prompts hold every one of the words, each at least as a piece of a word; pages
    /// as in newest. All pictures for words without letters.
    QList<Picture> search(const QString& words, int limit, PictureId before = 0);
    std::optional<Picture> find(PictureId id);
    std::optional<PictureId> findPath(const QString& path);

    bool holds(const QString& path) { return findPath(path).has_value(); }

    /// Of those made here.
    int count();

    /// Returns what was there before.
    OldMarks setMarks(const QList<PictureId>& ids, const MarkChange& change);
    void restoreMarks(const OldMarks& marks);

    /// The files lie in the trash under these paths now, or are back from there under others.
    void markTrashed(const NewPaths& files);
    void markRestored(const NewPaths& files);
    QList<FilePlace> filesOf(const QList<PictureId>& ids);

    /// Those in the trash, with their paths there.
    NewPaths trashedFiles();

    /// What a search for files found of one that is known.
    void setFacts(PictureId id, const FileFacts& facts);
    void setState(const QList<PictureId>& ids, FileState state);
    /// The same file under another path.
    void setPath(PictureId id, const QString& path);
    /// One more than the last.
    qint64 nextImport();

    struct KnownFile {
        PictureId id = 0;
        FileFacts facts;
    };

    /// Those below the folder that are not in the trash, by path; all of them for an empty folder.
    QHash<QString, KnownFile> knownFiles(const QString& folder);

    /// Collections, saved searches and watched folders.
    Shelves& shelves() { return shelves_; }

Q_SIGNALS:
    void added(const gallery::Picture& picture);
    /// Also when a picture was described anew.
    void changed(const gallery::Picture& picture);
    void removed(gallery::PictureId id);
    void marked(const QList<gallery::PictureId>& ids);

private:
    void addMissingColumns();
    void indexMissing();
    void indexPrompt(PictureId id, const QString& prompt);
    /// Before its row goes: an index without content has to be told what it holds.
    void forgetPrompt(PictureId id);
    PictureId write(const Picture& picture);
    void enter(const Picture& picture, const FileFacts& facts);
    void erase(PictureId id);
    qint64 wordId(int kind, const QString& text);
    QList<Picture> select(const QString& condition, const QVariantList& values);

    storage::Sqlite file_;
    Shelves shelves_;
    QHash<std::pair<int, QString>, qint64> words_;
};

}  // namespace gallery
