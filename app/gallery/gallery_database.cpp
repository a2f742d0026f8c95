#include "app/gallery/gallery_database.h"

#include "app/codec/text.h"
#include "app/gallery/gallery_schema_impl.h"
#include "app/gallery/prompt_grams.h"

#include <QFileInfo>
#include <QSet>

#include <limits>

namespace gallery {
namespace {

const QStringList ownColumns{"path",          "created",        "model_name", "model_hash",
                             "picture_width", "picture_height", "seconds",    "program"};

QVariantList ownValues(const Picture& picture) {
    return {picture.path,      picture.created.toUTC().toString(Qt::ISODateWithMs),
            picture.modelName, picture.modelHash,
            picture.width,     picture.height,
            picture.seconds,   picture.program};
}

Picture pictureOf(const QSqlQuery& row) {
    Picture picture;
    int column = 0;
    picture.id = row.value(column++).toLongLong();
    picture.path = row.value(column++).toString();
    picture.created = QDateTime::fromString(row.value(column++).toString(), Qt::ISODateWithMs);
    picture.modelName = row.value(column++).toString();
    picture.modelHash = row.value(column++).toString();
    picture.width = row.value(column++).toInt();
    picture.height = row.value(column++).toInt();
    picture.seconds = row.value(column++).toDouble();
    picture.program = row.value(column++).toString();
    readRequest(row, column, picture.request);
    return picture;
}

/// INSERT that describes a path anew when it is there already.
QString writeStatement() {
    const auto columns = ownColumns + requestColumnNames();
    QStringList updates;
    for (const auto& column : columns)
        updates += QStringLiteral("%1 = excluded.%1").arg(column);
    const QStringList marks(columns.size(), QStringLiteral("?"));
    return QStringLiteral("INSERT INTO pictures (%1) VALUES (%2) ON CONFLICT (path) DO UPDATE SET %3")
        .arg(columns.join(QStringLiteral(", ")), marks.join(QStringLiteral(", ")),
             updates.join(QStringLiteral(", ")));
}

}  // namespace

GalleryDatabase::GalleryDatabase(const QString& file, QObject* parent)
    : QObject(parent), file_(file), shelves_(file_) {
    file_.run(QStringLiteral("PRAGMA journal_mode = WAL"));
    file_.migrate(galleryMigrations());
    addMissingColumns();
    indexMissing();
}

void GalleryDatabase::addMissingColumns() {
    QSet<QString> present;
    auto rows = file_.run(QStringLiteral("SELECT '\"' || name || '\"' FROM pragma_table_info('pictures')"));
    while (rows.next()) present.insert(rows.value(0).toString());
    rows.finish();
    QStringList missing;
    for (const auto& column : requestColumnNames())
        if (!present.contains(column)) missing += column;
    if (missing.isEmpty()) return;
    storage::Transaction all(file_);
    // Without a type: SQLite keeps each value as it was bound, 53-bit seeds and doubles alike.
    for (const auto& column : missing)
        file_.run(QStringLiteral("ALTER TABLE pictures ADD COLUMN ") + column);
    all.commit();
}

/// What was stored before there were these tables, or by an older version since: then the last
/// numbers differ.
void GalleryDatabase::indexMissing() {
    auto last = file_.run(QStringLiteral(
        "SELECT p = l AND p = g FROM (SELECT (SELECT coalesce(max(id), 0) FROM pictures) AS p, "
        "(SELECT coalesce(max(id), 0) FROM library) AS l, "
        "(SELECT coalesce(max(id), 0) FROM prompt_grams_docsize) AS g)"));
    if (last.next() && last.value(0).toBool()) return;
    last.finish();
    file_.run(QStringLiteral("DELETE FROM library WHERE id NOT IN (SELECT id FROM pictures)"));
    auto rows = file_.run(QStringLiteral(
        "SELECT id FROM pictures WHERE id NOT IN (SELECT id FROM prompt_grams_docsize) "
        "OR id NOT IN (SELECT id FROM library)"));
    QList<PictureId> missing;
    while (rows.next()) missing.append(rows.value(0).toLongLong());
    rows.finish();
    if (missing.isEmpty()) return;
    words_.clear();
    storage::Transaction all(file_);
    for (const auto id : missing) {
        const auto picture = find(id);
        auto indexed =
            file_.run(QStringLiteral("SELECT 1 FROM prompt_grams_docsize WHERE id = ?"), {id});
        const bool isIndexed = indexed.next();
        indexed.finish();
        if (!isIndexed) indexPrompt(id, codec::fromUtf8(picture->request.prompt));
        enter(*picture, {});
    }
    all.commit();
}

void GalleryDatabase::indexPrompt(PictureId id, const QString& prompt) {
    file_.run(QStringLiteral("INSERT INTO prompt_grams (rowid, grams) VALUES (?, ?)"),
              {id, gramsOf(prompt)});
}

void GalleryDatabase::forgetPrompt(PictureId id) {
    auto row = file_.run(QStringLiteral("SELECT prompt FROM pictures WHERE id = ?"), {id});
    if (!row.next()) return;
    const auto prompt = row.value(0).toString();
    row.finish();
    file_.run(QStringLiteral("INSERT INTO prompt_grams (prompt_grams, rowid, grams) "
                             "VALUES ('delete', ?, ?)"),
              {id, gramsOf(prompt)});
}

qint64 GalleryDatabase::wordId(int kind, const QString& text) {
    auto& id = words_[{kind, text}];
    if (id > 0) return id;
    file_.run(QStringLiteral("INSERT OR IGNORE INTO words (kind, text) VALUES (?, ?)"),
              {kind, text});
    auto row =
        file_.run(QStringLiteral("SELECT id FROM words WHERE kind = ? AND text = ?"), {kind, text});
    id = row.next() ? row.value(0).toLongLong() : 0;
    return id;
}

/// The wide row and the prompt's index; the id.
PictureId GalleryDatabase::write(const Picture& picture) {
    const auto known = findPath(picture.path);
    if (known) forgetPrompt(*known);
    const auto query = file_.run(writeStatement(), ownValues(picture) + requestValues(picture.request));
    const auto id = known ? *known : query.lastInsertId().toLongLong();
    indexPrompt(id, codec::fromUtf8(picture.request.prompt));
    return id;
}

/// The narrow row; marks and place in the trash stay where there is one.
void GalleryDatabase::enter(const Picture& picture, const FileFacts& facts) {
    const auto word = [&](WordKind kind, const QString& text) { return wordId(int(kind), text); };
    file_.run(
        QStringLiteral(
            "INSERT INTO library (id, created, model, sampler, folder, program, width, height, "
            "state, import, bytes, time) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
            "ON CONFLICT (id) DO UPDATE SET created = excluded.created, model = excluded.model, "
            "sampler = excluded.sampler, folder = excluded.folder, program = excluded.program, "
            "width = excluded.width, height = excluded.height, state = excluded.state, "
            "import = min(import, excluded.import), bytes = excluded.bytes, time = excluded.time"),
        {picture.id, picture.created.toMSecsSinceEpoch(), word(WordKind::model, picture.modelName),
         word(WordKind::sampler, codec::fromUtf8(picture.request.sampler)),
         word(WordKind::folder, QFileInfo(picture.path).path()),
         word(WordKind::program, picture.program), picture.width, picture.height,
         int(facts.state), facts.import, facts.bytes, facts.time});
    file_.run(QStringLiteral("DELETE FROM picture_loras WHERE id = ?"), {picture.id});
    for (const auto& name : lorasOf(codec::fromUtf8(picture.request.prompt)))
        file_.run(QStringLiteral("INSERT INTO picture_loras (lora, id) VALUES (?, ?)"),
                  {word(WordKind::lora, name), picture.id});
}

Picture GalleryDatabase::add(Picture picture) {
    const bool isKnown = holds(picture.path);
    words_.clear();  // a transaction that was rolled back takes its words along
    storage::Transaction all(file_);
    picture.id = write(picture);
    enter(picture, {});
    all.commit();
    if (isKnown)
        Q_EMIT changed(picture);
    else
        Q_EMIT added(picture);
    return picture;
}

void GalleryDatabase::addFound(const QList<FoundPicture>& pictures) {
    words_.clear();
    storage::Transaction all(file_);
    for (const auto& found : pictures) {
        auto picture = found.picture;
        picture.id = write(picture);
        enter(picture, found.facts);
    }
    all.commit();
}

void GalleryDatabase::erase(PictureId id) {
    forgetPrompt(id);
    for (const QString table :
         {"pictures", "library", "picture_loras", "collection_pictures", "trashed"})
        file_.run(QStringLiteral("DELETE FROM %1 WHERE id = ?").arg(table), {id});
}

void GalleryDatabase::remove(PictureId id) {
    storage::Transaction all(file_);
    erase(id);
    all.commit();
    Q_EMIT removed(id);
}

QList<Picture> GalleryDatabase::newest(int limit, PictureId before) {
    const PictureId last = before == 0 ? std::numeric_limits<PictureId>::max() : before;
    return select(QStringLiteral("JOIN library ON library.id = pictures.id "
                                 "WHERE trashed = 0 AND import = 0 AND pictures.id < ? "
                                 "ORDER BY pictures.id DESC LIMIT ?"),
                  {last, limit});
}

QList<Picture> GalleryDatabase::search(const QString& words, int limit, PictureId before) {
    const auto query = gramQuery(words);
    if (query.isEmpty()) return newest(limit, before);
    const PictureId last = before == 0 ? std::numeric_limits<PictureId>::max() : before;
    return select(QStringLiteral("JOIN prompt_grams ON prompt_grams.rowid = pictures.id "
                                 "JOIN library ON library.id = pictures.id WHERE trashed = 0 AND "
                                 "prompt_grams MATCH ? AND prompt_grams.rowid < ? "
                                 "ORDER BY prompt_grams.rowid DESC LIMIT ?"),
                  {query, last, limit});
}

std::optional<Picture> GalleryDatabase::find(PictureId id) {
    const auto found = select(QStringLiteral("WHERE pictures.id = ?"), {id});
    return found.isEmpty() ? std::nullopt : std::optional(found.first());
}

std::optional<PictureId> GalleryDatabase::findPath(const QString& path) {
    auto row = file_.run(QStringLiteral("SELECT id FROM pictures WHERE path = ?"), {path});
    return row.next() ? std::optional(row.value(0).toLongLong()) : std::nullopt;
}

int GalleryDatabase::count() {
    auto query =
        file_.run(QStringLiteral("SELECT count(*) FROM library WHERE trashed = 0 AND import = 0"));
    return query.next() ? query.value(0).toInt() : 0;
}

QList<Picture> GalleryDatabase::select(const QString& condition, const QVariantList& values) {
    QStringList columns{QStringLiteral("id")};
    columns += ownColumns + requestColumnNames();
    for (auto& column : columns) column.prepend(QStringLiteral("pictures."));
    auto rows = file_.run(QStringLiteral("SELECT %1 FROM pictures %2")
                              .arg(columns.join(QStringLiteral(", ")), condition),
                          values);
    QList<Picture> pictures;
    while (rows.next()) pictures.append(pictureOf(rows));
    return pictures;
}

}  // namespace gallery
