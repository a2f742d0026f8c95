#include "app/codec/text.h"
#include "app/gallery/gallery_schema_impl.h"

#include <QRegularExpression>

#include <type_traits>

namespace gallery {
namespace {

using diffusion::FieldInfo;

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

QStringList libraryTables() {
    return {
        QStringLiteral("ALTER TABLE pictures ADD COLUMN program TEXT NOT NULL DEFAULT ''"),
        QStringLiteral("CREATE TABLE words (id INTEGER PRIMARY KEY, kind INTEGER NOT NULL, "
                       "text TEXT NOT NULL, UNIQUE (kind, text))"),
        QStringLiteral(
            "CREATE TABLE library (id INTEGER PRIMARY KEY, trashed INTEGER NOT NULL DEFAULT 0, "
            "created INTEGER NOT NULL, rating INTEGER NOT NULL DEFAULT 0, "
            "pick INTEGER NOT NULL DEFAULT 0, label INTEGER NOT NULL DEFAULT 0, "
            "model INTEGER NOT NULL, sampler INTEGER NOT NULL, folder INTEGER NOT NULL, "
            "program INTEGER NOT NULL, width INTEGER NOT NULL, height INTEGER NOT NULL, "
            "state INTEGER NOT NULL, import INTEGER NOT NULL, bytes INTEGER NOT NULL, "
            "time INTEGER NOT NULL)"),
        // Holds all that filters ask for, in the order of the list: one walk answers.
        QStringLiteral("CREATE INDEX library_order ON library (trashed, created, id, rating, pick, "
                       "label, model, sampler, folder, width, height, import)"),
        QStringLiteral("CREATE TABLE picture_loras (lora INTEGER NOT NULL, id INTEGER NOT NULL, "
                       "PRIMARY KEY (lora, id)) WITHOUT ROWID"),
        QStringLiteral("CREATE INDEX picture_loras_of ON picture_loras (id)"),
        QStringLiteral("CREATE TABLE collections (id INTEGER PRIMARY KEY, "
                       "name TEXT NOT NULL UNIQUE)"),
        QStringLiteral("CREATE TABLE collection_pictures (collection INTEGER NOT NULL, "
                       "id INTEGER NOT NULL, PRIMARY KEY (collection, id)) WITHOUT ROWID"),
        QStringLiteral("CREATE INDEX collections_of ON collection_pictures (id)"),
        QStringLiteral("CREATE TABLE saved_searches (id INTEGER PRIMARY KEY, "
                       "name TEXT NOT NULL UNIQUE, filter TEXT NOT NULL)"),
        QStringLiteral("CREATE TABLE watched_folders (path TEXT PRIMARY KEY)"),
        QStringLiteral("CREATE TABLE trashed (id INTEGER PRIMARY KEY, path TEXT NOT NULL, "
                       "time INTEGER NOT NULL)")};
}

}  // namespace

QStringList galleryMigrations() {
    return QStringList{QStringLiteral(
                           "CREATE TABLE pictures (id INTEGER PRIMARY KEY AUTOINCREMENT, "
                           "path TEXT NOT NULL UNIQUE, created TEXT NOT NULL, "
                           "model_name TEXT NOT NULL, model_hash TEXT NOT NULL, "
                           "picture_width INTEGER NOT NULL, picture_height INTEGER NOT NULL, "
                           "seconds REAL NOT NULL)"),
                       QStringLiteral("CREATE VIRTUAL TABLE prompt_grams USING "
                                      "fts5(grams, content = '', tokenize = 'ascii')")} +
           libraryTables();
}

QStringList requestColumnNames() {
    QStringList names;
    diffusion::visit_request_fields([&](const FieldInfo& info, auto) {
        names += QLatin1Char('"') + codec::fromUtf8(std::string(info.name)) + QLatin1Char('"');
    });
    return names;
}

QVariantList requestValues(const diffusion::GenerationRequest& request) {
    QVariantList values;
    diffusion::visit_request_fields(
        [&](const FieldInfo&, auto member) { values += toVariant(request.*member); });
    return values;
}

void readRequest(const QSqlQuery& row, int column, diffusion::GenerationRequest& request) {
    diffusion::visit_request_fields([&](const FieldInfo&, auto member) {
        const auto value = row.value(column++);
        if (!value.isNull()) fromVariant(value, request.*member);
    });
}

QStringList lorasOf(const QString& prompt) {
    static const QRegularExpression tag(QStringLiteral("<(?:lora|lyco):([^:<>]{1,200})[:>]"));
    QStringList names;
    auto matches = tag.globalMatch(prompt);
    while (matches.hasNext()) names += matches.next().captured(1).trimmed();
    names.removeDuplicates();
    return names;
}

}  // namespace gallery
