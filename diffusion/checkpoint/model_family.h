#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "diffusion/checkpoint/tensor_table.h"

namespace diffusion::checkpoint {

/// Networks that are used alike. `atelier` is the kind that this program trains and ships.
enum class ModelFamily { sd1, sd2, sdxl, sdxl_refiner, atelier };

/// What the UNet's output means. edm: Karras et al. 2022 with sigma_data 0.5 (Playground v2.5);
/// edm_v: v on a continuous range of sigmas (CosXL).
enum class Prediction { epsilon, v, edm, edm_v };

/// "sd1", "sdxl_refiner"
const char* name_of(ModelFamily family);
/// "epsilon", "v", "edm", "edm_v"
const char* name_of(Prediction prediction);
/// The inverse; accepts "sdxl-refiner" as well.
std::optional<ModelFamily> model_family_named(std::string_view name);
/// The inverse; accepts diffusers' "v_prediction".
std::optional<Prediction> prediction_named(std::string_view name);

/// The noise that a model was trained on; fields of diffusers' scheduler_config.json.
struct SchedulerConfig {
    std::string class_name;  ///< diffusers' scheduler class; empty for single files
    std::string beta_schedule = "scaled_linear";  ///< or "linear"
    double beta_start = 0.00085;
    double beta_end = 0.012;
    int train_steps = 1000;
    Prediction prediction = Prediction::epsilon;
    bool zero_terminal_snr = false;
    std::string timestep_spacing = "leading";  ///< or "trailing", "linspace"
    int steps_offset = 1;
    double sigma_min = 0.002;  ///< edm and edm_v only
    double sigma_max = 80.0;

    bool operator==(const SchedulerConfig&) const = default;
};

}  // namespace diffusion::checkpoint
