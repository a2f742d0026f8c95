#pragma once

#include "app/cli/commands.h"

namespace cli {

/// `atelier models folders [list | add FOLDER | remove FOLDER]`: where models are looked for.
Action modelFoldersAction(CLI::App& parser);

}  // namespace cli
