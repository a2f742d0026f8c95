#include "app/storage/sqlite.h"

#include "diffusion/error.h"

#include <QDir>
#include <QFileInfo>
#include <QSqlDatabase>
#include <QSqlError>
#include <QUuid>

namespace storage {
namespace {

QSqlDatabase database(const QString& connection) {
    return QSqlDatabase::database(connection, false);
}

}  // namespace

Sqlite::Sqlite(const QString& path)
    : path_(path), connection_(QUuid::createUuid().toString(QUuid::WithoutBraces)) {
    if (path != QStringLiteral(":memory:")) QDir().mkpath(QFileInfo(path).absolutePath());
    auto connection = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), connection_);
    connection.setDatabaseName(path);
    connection.setConnectOptions(QStringLiteral("QSQLITE_BUSY_TIMEOUT=5000"));
    if (!connection.open()) {
        const auto reason = connection.lastError().text();
        connection = QSqlDatabase();
        QSqlDatabase::removeDatabase(connection_);
        fail(reason);
    }
}

Sqlite::~Sqlite() {
    database(connection_).close();
    QSqlDatabase::removeDatabase(connection_);
}

QSqlQuery Sqlite::run(const QString& statement, const QVariantList& values) {
    QSqlQuery query(database(connection_));
    query.setForwardOnly(true);
    if (!query.prepare(statement)) fail(query.lastError().text());
    // Qt would bind a null QString as NULL; to the services it is an empty text.
    for (const auto& value : values)
        query.addBindValue(value.userType() == QMetaType::QString && value.toString().isNull()
                               ? QVariant(QStringLiteral(""))
                               : value);
    if (!query.exec()) fail(query.lastError().text());
    return query;
}

int Sqlite::schemaVersion() {
    auto query = run(QStringLiteral("PRAGMA user_version"));
    return query.next() ? query.value(0).toInt() : 0;
}

void Sqlite::migrate(const QStringList& statements) {
    if (schemaVersion() >= statements.size()) return;
    run(QStringLiteral("BEGIN IMMEDIATE"));
    for (int i = schemaVersion(); i < statements.size(); ++i) run(statements[i]);
    run(QStringLiteral("PRAGMA user_version = %1").arg(statements.size()));
    run(QStringLiteral("COMMIT"));
}

Transaction::Transaction(Sqlite& file) : file_(file) {
    file_.run(QStringLiteral("BEGIN IMMEDIATE"));
}

Transaction::~Transaction() {
    if (!isOpen_) return;
    try {
        file_.run(QStringLiteral("ROLLBACK"));
    } catch (const diffusion::Error&) {
        // SQLite has rolled back by itself, on a full disk for one.
    }
}

void Transaction::commit() {
    file_.run(QStringLiteral("COMMIT"));
    isOpen_ = false;
}

void Sqlite::fail(const QString& reason) const {
    const auto sentence = path_ +
                          QStringLiteral(": expected a database that can be written, found: ") +
                          reason + QLatin1Char('.');
    throw diffusion::Error(diffusion::ErrorKind::cannot_write, sentence.toStdString());
}

}  // namespace storage
