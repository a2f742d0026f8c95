#pragma once

#include "app/cli/commands.h"

namespace cli {

/// `atelier info PICTURE`: which program made a picture, with what, and how much of it Atelier can
/// do again.
Command infoCommand();

}  // namespace cli
