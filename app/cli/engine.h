#pragma once

#include "app/studio/studio.h"
#include "diffusion/engine.h"

#include <memory>
#include <string>

namespace cli {

/// The engine on this very thread, for commands that need nothing else of the studio. It knows the
/// hashes and settings that lie in the data folder (empty: the user's); change, if given, has the
/// last word. Throws Error missing_file or internal.
std::unique_ptr<diffusion::Engine> makeEngine(int threads = 0, const std::string& device = "auto",
                                              const std::string& dataFolder = {},
                                              const studio::EngineChange& change = {});

}  // namespace cli
