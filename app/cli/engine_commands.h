#pragma once

#include "app/cli/commands.h"

namespace cli {

/// `atelier samplers`: the names that --sampler and --scheduler take.
Command samplersCommand();

}  // namespace cli
