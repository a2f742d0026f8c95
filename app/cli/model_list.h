#pragma once

#include "diffusion/engine.h"

#include <cstdint>
#include <string>
#include <vector>

namespace cli {

/// A model of the list; reason says why it can't make pictures, and is empty where it can.
struct ListedModel {
    diffusion::ModelInfo info;  ///< path and name only, if it can't be read
    std::uint64_t bytes = 0;
    std::string reason;
};

/// The model that ships and whatever lies in the folders. Reads headers only.
std::vector<ListedModel> listModels(diffusion::Engine& engine,
                                    const std::vector<std::string>& folders,
                                    const std::string& shippedModel);

void printModels(const std::vector<ListedModel>& models, bool isJson);

}  // namespace cli
