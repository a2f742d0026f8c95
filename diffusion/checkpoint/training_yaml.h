#pragma once

#include <filesystem>
#include <optional>
#include <string_view>

#include "diffusion/checkpoint/model_family.h"

namespace diffusion::checkpoint {

/// What A1111's side file says of a model's prediction: the line `parameterization: "v"` among the
/// settings of the training program. Empty where it says nothing, or a word that is not known.
std::optional<Prediction> prediction_in_yaml(std::string_view text);

/// The same of the file beside the model, which has its name with the ending .yaml. Empty where there is
/// none, or one that is too long to be written by hand.
std::optional<Prediction> prediction_beside(const std::filesystem::path& model);

}  // namespace diffusion::checkpoint
