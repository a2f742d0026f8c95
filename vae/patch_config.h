#pragma once

#include <array>
#include <cstdint>
#include <vector>

namespace vae {

/// Every dimension of a PatchAutoencoder; the fields of its config.json.
struct PatchConfig {
    std::int64_t in_channels = 3;
    std::int64_t latent_channels = 16;
    std::int64_t factor = 32;         ///< pixels per latent pixel; a multiple of detail_factor
    std::int64_t detail_factor = 4;   ///< pixels per position of the detail layers
    std::int64_t encoder_width = 32;  ///< channels of the encoder's detail layers
    std::int64_t encoder_blocks = 0;  ///< 0: the encoder is the patch convolution alone
    std::int64_t decoder_width = 96;  ///< channels of the decoder's layers at latent resolution
    std::int64_t decoder_blocks = 2;
    std::int64_t detail_width = 48;   ///< channels of the decoder's layers at detail resolution
    std::int64_t detail_blocks = 3;
    double scaling_factor = 1.0;      ///< makes the latents' standard deviation 1
    std::int64_t sample_size = 256;   ///< pixels of a side that it was trained for
    std::vector<std::array<double, 3>> preview_matrix;  ///< as LatentSpace has it

    bool operator==(const PatchConfig&) const = default;
};

}  // namespace vae
