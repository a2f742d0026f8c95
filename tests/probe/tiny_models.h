#pragma once

#include <string>

#include "diffusion/checkpoint/model_files.h"
#include "tests/probe/probe.h"

namespace probe {

/// The settings that tiny/<family>/config.json states and that shapes can't tell.
diffusion::checkpoint::OpenOptions tiny_options(const Options& options, const std::string& family);

/// The same for a ControlNet of the family.
diffusion::checkpoint::OpenOptions control_options(const Options& options, const std::string& family);

}  // namespace probe
