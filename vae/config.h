#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

namespace vae {

/// Every dimension of the convolutional autoencoder of the Stable Diffusion families (diffusers'
/// AutoencoderKL). Levels are counted from the picture's resolution down.
struct AutoencoderConfig {
    std::int64_t in_channels = 3;
    std::int64_t out_channels = 3;
    std::int64_t latent_channels = 4;
    std::vector<std::int64_t> block_out_channels{128, 256, 512, 512};
    std::int64_t layers_per_block = 2;  ///< encoder; the decoder has one more
    std::int64_t norm_groups = 32;
    double scaling_factor = 0.18215;
    /// Of unscaled latents, one per channel: those that are scaled are (z - mean) / std. Empty: 0 and 1.
    std::vector<double> latents_mean;
    std::vector<double> latents_std;
    bool has_quant_conv = true;
    bool has_post_quant_conv = true;
    bool has_mid_attention = true;

    std::int64_t factor() const { return std::int64_t{1} << (block_out_channels.size() - 1); }
    bool operator==(const AutoencoderConfig&) const = default;

    static AutoencoderConfig sd();    ///< SD1 and SD2
    static AutoencoderConfig sdxl();  ///< the same shapes on another scale
};

/// Every dimension of a distilled autoencoder (TAESD; diffusers' AutoencoderTiny): one width
/// throughout, residual blocks between strided convolutions. Lists are in the order layers run; either
/// is empty where the file holds only the other half.
struct TinyConfig {
    std::int64_t in_channels = 3;  ///< of pictures
    std::int64_t latent_channels = 4;
    std::int64_t encoder_width = 64;
    std::int64_t decoder_width = 64;
    std::vector<std::int64_t> encoder_blocks{1, 3, 3, 3};  ///< per level, from the picture down
    std::vector<std::int64_t> decoder_blocks{3, 3, 3, 1};  ///< per level, from the latent up
    double scaling_factor = 1.0;  ///< it is trained on latents that are scaled already

    std::int64_t factor() const {
        const auto levels = std::max(encoder_blocks.size(), decoder_blocks.size());
        return std::int64_t{1} << (levels > 0 ? levels - 1 : 0);
    }
    bool operator==(const TinyConfig&) const = default;
};

/// Preview rows of the two known latent spaces (networks.md, 5.8); empty for any other.
std::vector<std::array<double, 3>> preview_matrix_of(const AutoencoderConfig& config);

}  // namespace vae
