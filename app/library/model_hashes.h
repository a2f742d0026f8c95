#pragma once

#include "app/storage/sqlite.h"
#include "diffusion/model_tools.h"

#include <QString>

#include <memory>
#include <string>
#include <utility>

namespace library {

/// Hashes of model files in <data>/models.sqlite, by path; a file that has changed since has none.
/// Where the database can't be used, nothing is known and nothing kept: hashes are only computed
/// again. Used by one thread; the file is opened when it is first asked.
class ModelHashes : public diffusion::HashMemory {
public:
    explicit ModelHashes(QString file) : file_(std::move(file)) {}

    std::string find(const diffusion::FileStamp& stamp) override;
    void remember(const diffusion::FileStamp& stamp, const std::string& sha256) override;

private:
    /// Null if the database can't be used.
    storage::Sqlite* open();

    QString file_;
    std::unique_ptr<storage::Sqlite> database_;
    bool wasOpened_ = false;
};

}  // namespace library
