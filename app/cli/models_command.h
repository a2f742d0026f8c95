#pragma once

#include "app/cli/commands.h"

namespace cli {

/// `atelier models list | inspect | convert | hash | folders`: model files without making pictures.
Command modelsCommand();

/// `atelier inspect [FILE]`: short for `atelier models inspect`.
Command inspectCommand();

}  // namespace cli
