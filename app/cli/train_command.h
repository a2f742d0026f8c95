#pragma once

#include "app/cli/commands.h"

namespace cli {

/// `atelier train SOURCE --work FOLDER`: trains a model from captioned pictures, stage after stage.
/// `atelier train pack FOLDER --out FILE`: puts such a folder into one file.
Command trainCommand();

}  // namespace cli
