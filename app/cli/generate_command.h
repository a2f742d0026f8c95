#pragma once

#include "app/cli/commands.h"

namespace cli {

/// `atelier generate PROMPT ...`: one request through the studio, pictures on the disk.
Command generateCommand();

}  // namespace cli
