#pragma once

#include <QString>
#include <QStringList>

namespace library {

/// What may be a model below a folder, by path: files with a model's ending, and diffusers folders
/// (with a model_index.json) as one. Neither hidden ones nor what lies inside such a folder; a folder
/// that is absent holds none. Links are followed, each folder once.
QStringList findModels(const QString& folder);

/// Bytes of the file, or of all files of the folder.
qint64 sizeOnDisk(const QString& model);

}  // namespace library
