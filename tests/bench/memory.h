#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "diffusion/engine.h"

namespace bench {

/// One picture: what the engine planned for each phase, and what each phase really took.
nlohmann::json measure_memory(const diffusion::EngineOptions& options,
                              const diffusion::GenerationRequest& request);

/// Pictures of all models and sizes in turn: the peak of each; the largest growth from the second picture
/// of a model and size to the last one of the same; the last round's peak over the second's, a round
/// being every model in every size. Sizes are "WxH".
nlohmann::json soak(const diffusion::EngineOptions& options, const diffusion::GenerationRequest& request,
                    const std::vector<std::string>& models, const std::vector<std::string>& sizes, int pictures);

/// Fills in width and height. Throws Error (bad_request).
void set_size(diffusion::GenerationRequest& request, const std::string& size);

}  // namespace bench
