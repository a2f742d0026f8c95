#pragma once

#include "app/settings/settings.h"
#include "app/studio/places.h"
#include "diffusion/engine.h"

namespace studio {

/// Tells the engine where LoRAs and embeddings lie: in the data folder, and beside the models that
/// the settings and other programs have. Reads the disk.
void addNetworkFolders(diffusion::EngineOptions& options, const Places& places,
                       const settings::Values& values);

}  // namespace studio
