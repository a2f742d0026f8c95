#pragma once

#include "app/library/model_places.h"
#include "app/settings/settings.h"
#include "app/studio/places.h"

#include <string>
#include <vector>

namespace studio {

/// Where models are looked for: the data folder's, the settings', those of other programs.
library::ModelPlaces modelPlaces(const Places& places, const settings::Values& values);

/// Folders that may hold TAESD's decoders: those that are searched for models, themselves. Reads the disk.
std::vector<std::string> previewFolders(const Places& places, const settings::Values& values);

/// The settings with one more folder, or one less (a folder of another program is hidden from then
/// on). The path may be relative. False where nothing had to change.
bool addModelFolder(settings::Settings& settings, const QString& folder);
bool removeModelFolder(settings::Settings& settings, const QString& folder);
/// Whether the models of another program's folder are shown.
void showModelFolder(settings::Settings& settings, const QString& folder, bool isShown);

}  // namespace studio
