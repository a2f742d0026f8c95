#include "app/gallery/gallery_database.h"

#include "app/codec/text.h"
#include "app/gallery/prompt_grams.h"
#include "diffusion/request_fields.h"

#include <QSet>

#include <limits>
#include <type_traits>
#include <utility>

namespace gallery {
namespace {

using diffusion::FieldInfo;
using diffusion::GenerationRequest;

const QString ownColumns =
    QStringLiteral("path, created, model_name, model_hash, picture_width, picture_height, seconds");

QStringList migrations() {
    return {QStringLiteral(
                "CREATE TABLE pictures (id INTEGER PRIMARY KEY AUTOINCREMENT, "
                "path TEXT NOT NULL UNIQUE, created TEXT NOT NULL, model_name TEXT NOT NULL, "
                "model_hash TEXT NOT NULL, picture_width INTEGER NOT NULL, "
                "picture_height INTEGER NOT NULL, seconds REAL NOT NULL)"),
            QStringLiteral("CREATE VIRTUAL TABLE prompt_grams USING "
                           "fts5(grams, content = '', tokenize = 'ascii')")};
}

QString quotedName(const FieldInfo& info) {
    return QLatin1Char('"') + codec::fromUtf8(std::string(info.name)) + QLatin1Char('"');
}

QVariant toVariant(const std::string& value) {
    return codec::fromUtf8(value);
}

QVariant toVariant(double value) {
    return value;
}

template <typename Integer>

requires std::is_integral_v<Integer> QVariant toVariant(Integer value) {
    return qlonglong(value);
}

void fromVariant(const QVariant& value, std::string& member) {
    member = codec::toUtf8(value.toString());
}

void fromVariant(const QVariant& value, double& member) {
    member = value.toDouble();
}

template <typename Integer>
requires std::is_integral_v<Integer>

void fromVariant(const QVariant& value, Integer& member) {
    member = Integer(value.toLongLong());
}

QString requestColumns() {
    QStringList names;
    diffusion::visit_request_fields(
        [&](const FieldInfo& info, auto) { names += quotedName(info); });
    return names.join(QStringLiteral(", "));
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
    diffusion::visit_request_fields([&](const FieldInfo&, auto member) {
        const auto value = row.value(column++);
        if (!value.isNull()) fromVariant(value, picture.request.*member);
    });
    return picture;
}

}  // namespace

GalleryDatabase::GalleryDatabase(const QString& file, QObject* parent)
    : QObject(parent), file_(file) {
    file_.run(QStringLiteral("PRAGMA journal_mode = WAL"));
    file_.migrate(migrations());
    addMissingColumns();
    indexMissingPrompts();
}

/// What was stored before there was an index, or when it could not be written.
void GalleryDatabase::indexMissingPrompts() {
    auto rows = file_.run(QStringLiteral(
        "SELECT id, prompt FROM pictures WHERE id NOT IN (SELECT id FROM prompt_grams_docsize)"));
    QList<std::pair<PictureId, QString>> missing;
    while (rows.next()) missing.append({rows.value(0).toLongLong(), rows.value(1).toString()});
    rows.finish();
    if (missing.isEmpty()) return;
    file_.run(QStringLiteral("BEGIN IMMEDIATE"));
    for (const auto& [id, prompt] : missing) indexPrompt(id, prompt);
    file_.run(QStringLiteral("COMMIT"));
}

void GalleryDatabase::indexPrompt(PictureId id, const QString& prompt) {
    file_.run(QStringLiteral("INSERT INTO prompt_grams (rowid, grams) VALUES (?, ?)"),
              {id, gramsOf(prompt)});
}

void GalleryDatabase::forgetPrompt(const QString& condition, const QVariant& value) {
    auto row =
        file_.run(QStringLiteral("SELECT id, prompt FROM pictures WHERE ") + condition, {value});
    if (!row.next()) return;
    const auto id = row.value(0);
    const auto prompt = row.value(1).toString();
    row.finish();
    file_.run(QStringLiteral("INSERT INTO prompt_grams (prompt_grams, rowid, grams) "
                             "VALUES ('delete', ?, ?)"),
              {id, gramsOf(prompt)});
}

void GalleryDatabase::addMissingColumns() {
    QSet<QString> present;
    auto rows = file_.run(QStringLiteral("SELECT name FROM pragma_table_info('pictures')"));
    while (rows.next()) present.insert(rows.value(0).toString());
    rows.finish();
    // Without a type: SQLite keeps each value as it was bound, 53-bit seeds and doubles alike.
    diffusion::visit_request_fields([&](const FieldInfo& info, auto) {
        if (!present.contains(codec::fromUtf8(std::string(info.name))))
            file_.run(QStringLiteral("ALTER TABLE pictures ADD COLUMN ") + quotedName(info));
    });
}

Picture GalleryDatabase::add(Picture picture) {
    QVariantList values{picture.path,      picture.created.toUTC().toString(Qt::ISODateWithMs),
                        picture.modelName, picture.modelHash,
                        picture.width,     picture.height,
                        picture.seconds};
    diffusion::visit_request_fields(
        [&](const FieldInfo&, auto member) { values += toVariant(picture.request.*member); });
    QStringList marks(values.size(), QStringLiteral("?"));
    // Not one transaction: what is left unindexed when the disk fills up is indexed at the next start.
    forgetPrompt(QStringLiteral("path = ?"), picture.path);
    const auto query =
        file_.run(QStringLiteral("INSERT OR REPLACE INTO pictures (%1, %2) VALUES (%3)")
                      .arg(ownColumns, requestColumns(), marks.join(QStringLiteral(", "))),
                  values);
    picture.id = query.lastInsertId().toLongLong();
    indexPrompt(picture.id, codec::fromUtf8(picture.request.prompt));
    Q_EMIT added(picture);
    return picture;
}

void GalleryDatabase::remove(PictureId id) {
    forgetPrompt(QStringLiteral("id = ?"), id);
    file_.run(QStringLiteral("DELETE FROM pictures WHERE id = ?"), {id});
    Q_EMIT removed(id);
}

QList<Picture> GalleryDatabase::newest(int limit, PictureId before) {
    if (before == 0) return select(QStringLiteral("ORDER BY id DESC LIMIT ?"), {limit});
    return select(QStringLiteral("WHERE id < ? ORDER BY id DESC LIMIT ?"), {before, limit});
}

QList<Picture> GalleryDatabase::search(const QString& words, int limit, PictureId before) {
    const auto query = gramQuery(words);
    if (query.isEmpty()) return newest(limit, before);
    const PictureId last = before == 0 ? std::numeric_limits<PictureId>::max() : before;
    return select(QStringLiteral("JOIN prompt_grams ON prompt_grams.rowid = id "
                                 "WHERE prompt_grams MATCH ? AND prompt_grams.rowid < ? "
                                 "ORDER BY prompt_grams.rowid DESC LIMIT ?"),
                  {query, last, limit});
}

std::optional<Picture> GalleryDatabase::find(PictureId id) {
    const auto found = select(QStringLiteral("WHERE id = ?"), {id});
    return found.isEmpty() ? std::nullopt : std::optional(found.first());
}

bool GalleryDatabase::holds(const QString& path) {
    return file_.run(QStringLiteral("SELECT 1 FROM pictures WHERE path = ?"), {path}).next();
}

int GalleryDatabase::count() {
    auto query = file_.run(QStringLiteral("SELECT count(*) FROM pictures"));
    return query.next() ? query.value(0).toInt() : 0;
}

QList<Picture> GalleryDatabase::select(const QString& condition, const QVariantList& values) {
    auto rows = file_.run(QStringLiteral("SELECT id, %1, %2 FROM pictures %3")
                              .arg(ownColumns, requestColumns(), condition),
                          values);
    QList<Picture> pictures;
    while (rows.next()) pictures.append(pictureOf(rows));
    return pictures;
}

}  // namespace gallery
