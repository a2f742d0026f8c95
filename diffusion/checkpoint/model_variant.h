#pragma once

#include <string>

#include "diffusion/checkpoint/model_files.h"
#include "diffusion/engine.h"

namespace diffusion::checkpoint {

/// What sets a model apart in its family: "inpaint", "instruct-pix2pix", "SSD-1B", "Turbo"; several with a
/// comma, or nothing. From its networks where they tell, else from its name.
std::string variant_of(const ModelDescription& description);

/// Sampler and settings that models of its kind are made for (few steps, little guidance), from its
/// scheduler, its metadata and its name.
Suggestion suggestion_for(const ModelDescription& description);

/// Why no pictures can be made with it although its parts are there, as a sentence; else empty.
std::string limit_of(const ModelDescription& description);

}  // namespace diffusion::checkpoint
