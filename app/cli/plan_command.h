#pragma once

#include "app/cli/commands.h"

namespace cli {

Command planCommand();

}  // namespace cli
