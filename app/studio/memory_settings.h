#pragma once

#include "app/settings/settings.h"
#include "diffusion/engine.h"

namespace studio {

/// What the settings say of memory and precision.
void addMemorySettings(diffusion::EngineOptions& options, const settings::Values& values);

}  // namespace studio
