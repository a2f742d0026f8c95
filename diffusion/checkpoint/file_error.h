#pragma once

#include <string>

#include "diffusion/error.h"

namespace diffusion::checkpoint {

/// "<file>: <text>", as corrupt_file, or as unsupported_model where the reason is one of the
/// Unsupported... names.
Error file_error(ErrorReason reason, const std::string& file, const std::string& text);

}  // namespace diffusion::checkpoint
