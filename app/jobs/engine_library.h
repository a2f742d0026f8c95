#pragma once

#include "diffusion/engine.h"

#include <QString>

#include <memory>

namespace jobs {

/// Maps the library (LibTorch comes with it) and asks it for an engine. Slow: call it on the engine
/// thread. Throws Error missing_file (no such library) or internal (it is something else).
std::unique_ptr<diffusion::Engine> loadEngineLibrary(const QString& path,
                                                     const diffusion::EngineOptions& options);

}  // namespace jobs
