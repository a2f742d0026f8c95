#include "app/library/model_hashes.h"

#include "app/codec/text.h"
#include "diffusion/error.h"

namespace library {

using diffusion::Error;
using diffusion::FileStamp;

storage::Sqlite* ModelHashes::open() {
    if (wasOpened_) return database_.get();
    wasOpened_ = true;
    try {
        auto database = std::make_unique<storage::Sqlite>(file_);
        database->migrate({QStringLiteral("CREATE TABLE hashes (path TEXT PRIMARY KEY, "
                                          "size INTEGER NOT NULL, modified INTEGER NOT NULL, "
                                          "sha256 TEXT NOT NULL) WITHOUT ROWID")});
        database_ = std::move(database);
    } catch (const Error&) {
    }
    return database_.get();
}

std::string ModelHashes::find(const FileStamp& stamp) {
    auto* database = open();
    if (!database) return {};
    try {
        auto row = database->run(
            QStringLiteral(
                "SELECT sha256 FROM hashes WHERE path = ? AND size = ? AND modified = ?"),
            {codec::fromUtf8(stamp.path), qint64(stamp.size), qint64(stamp.modified)});
        return row.next() ? codec::toUtf8(row.value(0).toString()) : std::string();
    } catch (const Error&) {
        return {};
    }
}

void ModelHashes::remember(const FileStamp& stamp, const std::string& sha256) {
    auto* database = open();
    if (!database) return;
    try {
        database->run(QStringLiteral("INSERT OR REPLACE INTO hashes VALUES (?, ?, ?, ?)"),
                      {codec::fromUtf8(stamp.path), qint64(stamp.size), qint64(stamp.modified),
                       codec::fromUtf8(sha256)});
    } catch (const Error&) {
        database_.reset();  // a full disk: the rest of this start does without
    }
}

}  // namespace library
