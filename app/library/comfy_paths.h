#pragma once

#include <QString>
#include <QStringList>

namespace library {

/// Folders with models and VAEs that ComfyUI's extra_model_paths.yaml names, absolute, whether they
/// are there or not. Sections of any name hold `base_path` and lists of folders; a file that can't be
/// read, or is something else, names none.
QStringList comfyModelPaths(const QString& yaml);

}  // namespace library
