#include "diffusion/checkpoint/model_family.h"

#include <array>

namespace diffusion::checkpoint {

namespace {

constexpr std::array families{"sd1", "sd2", "sdxl", "sdxl_refiner", "atelier"};
constexpr std::array predictions{"epsilon", "v", "edm", "edm_v"};

}  // namespace

const char* name_of(ModelFamily family) { return families.at(static_cast<std::size_t>(family)); }

const char* name_of(Prediction prediction) {
    return predictions.at(static_cast<std::size_t>(prediction));
}

std::optional<ModelFamily> model_family_named(std::string_view name) {
    if (name == "sdxl-refiner") return ModelFamily::sdxl_refiner;
    for (std::size_t i = 0; i < families.size(); ++i) {
        if (name == families[i]) return static_cast<ModelFamily>(i);
    }
    return std::nullopt;
}

std::optional<Prediction> prediction_named(std::string_view name) {
    if (name == "v_prediction") return Prediction::v;
    for (std::size_t i = 0; i < predictions.size(); ++i) {
        if (name == predictions[i]) return static_cast<Prediction>(i);
    }
    return std::nullopt;
}

}  // namespace diffusion::checkpoint
