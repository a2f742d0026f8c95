#pragma once

// One SQLite file, opened by one thread. The services' databases are built on it.

#include <QSqlQuery>
#include <QString>
#include <QVariant>

namespace storage {

/// Connection and file in one object; closes in the destructor. Every failure is thrown as
/// Error cannot_write that names the file and SQLite's reason.
class Sqlite {
public:
    /// Makes the file and its folder if absent; ":memory:" keeps everything in memory.
    explicit Sqlite(const QString& path);
    ~Sqlite();
    Sqlite(const Sqlite&) = delete;
    Sqlite& operator=(const Sqlite&) = delete;

    /// Runs one statement with its positional values.
    QSqlQuery run(const QString& statement, const QVariantList& values = {});

    /// PRAGMA user_version: the number of migrations that were done.
    int schemaVersion();
    /// Runs the statements behind those that were done already, all or none.
    void migrate(const QStringList& statements);

private:
    [[noreturn]] void fail(const QString& reason) const;

    QString path_;
    QString connection_;
};

/// Several statements that are done together or not at all: rolled back unless commit() was called.
/// One at a time per connection.
class Transaction {
public:
    explicit Transaction(Sqlite& file);
    ~Transaction();
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;

    void commit();

private:
    Sqlite& file_;
    bool isOpen_ = true;
};

}  // namespace storage
