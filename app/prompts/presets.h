#pragma once

// Requests under a name, one JSON file each, so that they can be shared by sending the file.

#include "diffusion/request.h"

#include <QString>
#include <QStringList>

namespace prompts {

/// Names of the presets in the folder, in the order of the alphabet. Reads the disk.
QStringList presetNames(const QString& folder);

/// <folder>/NAME.json. Throws Error: bad_request for a name that is no file's, cannot_write.
void savePreset(const QString& folder, const QString& name,
                const diffusion::GenerationRequest& request);

/// Throws Error: missing_file, corrupt_file, bad_request for a field that is none of a request.
diffusion::GenerationRequest readPreset(const QString& folder, const QString& name);

void removePreset(const QString& folder, const QString& name);

/// Any file that savePreset wrote; it gets the file's name, or one with a number if that is taken.
/// The name it got. Throws what readPreset and savePreset throw.
QString importPreset(const QString& folder, const QString& file);

/// Throws Error cannot_write and what readPreset throws.
void exportPreset(const QString& folder, const QString& name, const QString& file);

}  // namespace prompts
