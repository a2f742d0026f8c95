#include "vae/config.h"

namespace vae {

AutoencoderConfig AutoencoderConfig::sd() { return {}; }

AutoencoderConfig AutoencoderConfig::sdxl() {
    AutoencoderConfig config;
    config.scaling_factor = 0.13025;
    return config;
}

std::vector<std::array<double, 3>> preview_matrix_of(const AutoencoderConfig& config) {
    if (config.latent_channels != 4) return {};
    const bool is_sdxl = config.scaling_factor == AutoencoderConfig::sdxl().scaling_factor;
    if (is_sdxl) {
        return {{.3448, .4168, .4395},
                {-.1953, -.0290, .0250},
                {.1074, .0886, -.0163},
                {-.3730, -.2499, -.2088},
                {0, 0, 0}};
    }
    return {{.298, .207, .208}, {.187, .286, .173}, {-.158, .189, .264}, {-.184, -.271, -.473}, {0, 0, 0}};
}

}  // namespace vae
