#pragma once

#include "app/library/model_places.h"

#include <QString>
#include <QStringList>

namespace library {

/// What lies below a folder.
struct Findings {
    QStringList models;   ///< by path
    QStringList folders;  ///< that were looked into, where a new model would show
};

/// What may be a model below a folder: files with a model's ending, and diffusers folders (with a
/// model_index.json) as one. Neither hidden ones nor what lies inside such a folder; a folder that is
/// absent holds none. Links are followed, each folder once.
Findings search(const ModelFolder& folder);

/// The models of search.
QStringList findModels(const QString& folder);

/// Bytes of the file, or of all files of the folder.
qint64 sizeOnDisk(const QString& model);

/// When the file, or the newest of the folder, was written: milliseconds since 1970.
qint64 timeOnDisk(const QString& model);

}  // namespace library
