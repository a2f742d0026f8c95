#include "vae/config.h"

namespace vae {

AutoencoderConfig AutoencoderConfig::sd() { return {}; }

AutoencoderConfig AutoencoderConfig::sdxl() {
    AutoencoderConfig config;
    config.scaling_factor = 0.13025;
    return config;
}

namespace {

using PreviewMatrix = std::vector<std::array<double, 3>>;

const PreviewMatrix sdxl_preview{{.3448, .4168, .4395},
                                 {-.1953, -.0290, .0250},
                                 {.1074, .0886, -.0163},
                                 {-.3730, -.2499, -.2088},
                                 {0, 0, 0}};

/// SDXL's, for latents of the same autoencoder that are centred and scaled per channel.
PreviewMatrix normalised_preview(const AutoencoderConfig& config) {
    const double sdxl_scale = AutoencoderConfig::sdxl().scaling_factor;
    auto matrix = sdxl_preview;
    for (std::size_t channel = 0; channel < 4; ++channel) {
        for (std::size_t colour = 0; colour < 3; ++colour) {
            const double unit = sdxl_preview[channel][colour] * sdxl_scale;
            matrix[channel][colour] = unit * config.latents_std[channel] / config.scaling_factor;
            matrix[4][colour] += unit * config.latents_mean[channel];
        }
    }
    return matrix;
}

}  // namespace

std::vector<std::array<double, 3>> preview_matrix_of(const AutoencoderConfig& config) {
    if (config.latent_channels != 4) return {};
    if (!config.latents_std.empty()) return normalised_preview(config);
    if (config.scaling_factor == AutoencoderConfig::sdxl().scaling_factor) return sdxl_preview;
    return {{.298, .207, .208}, {.187, .286, .173}, {-.158, .189, .264}, {-.184, -.271, -.473}, {0, 0, 0}};
}

}  // namespace vae
