#pragma once

#include "app/cli/commands.h"

namespace cli {

/// `atelier samplers`: the names that --sampler and --scheduler take.
Command samplersCommand();

/// `atelier inspect MODEL`: what can be said of a model without making a picture.
Command inspectCommand();

}  // namespace cli
