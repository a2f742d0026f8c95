#pragma once

#include <cstdint>
#include <vector>

namespace unet {

/// Every dimension of a UNet. The families are values of this one type (Rombach et al. 2022;
/// Podell et al. 2023 for SDXL). Levels are counted from the highest resolution down.
struct UNetConfig {
    std::int64_t in_channels = 4;
    std::int64_t out_channels = 4;
    std::vector<std::int64_t> block_out_channels{320, 640, 1280, 1280};
    std::int64_t layers_per_block = 2;  ///< resnets per level on the way down; one more on the way up
    /// Transformer blocks behind each resnet: [level][layer], 0 for none.
    std::vector<std::vector<std::int64_t>> down_depth{{1, 1}, {1, 1}, {1, 1}, {0, 0}};
    std::vector<std::vector<std::int64_t>> up_depth{{1, 1, 1}, {1, 1, 1}, {1, 1, 1}, {0, 0, 0}};
    std::int64_t mid_depth = 1;  ///< 0: two resnets and no attention; -1: one resnet only (SSD-1B)
    std::vector<std::int64_t> heads{8, 8, 8, 8};  ///< attention heads of each level; mid takes the last
    std::int64_t cross_attention_dim = 768;
    bool linear_projection = false;  ///< transformer in/out projection: linear, or 1x1 convolution
    std::int64_t norm_groups = 32;
    std::int64_t add_time_dim = 0;   ///< SDXL: width of one size embedding; 0: no added conditioning
    std::int64_t add_input_dim = 0;  ///< SDXL: pooled text + all size embeddings
    std::int64_t guidance_dim = 0;   ///< LCM: width of the embedded guidance scale; 0: it is not told

    std::int64_t time_embed_dim() const { return 4 * block_out_channels.front(); }
    bool has_added_conditioning() const { return add_input_dim > 0; }
    bool operator==(const UNetConfig&) const = default;

    static UNetConfig sd1();
    static UNetConfig sd2();
    static UNetConfig sdxl();
    static UNetConfig sdxl_refiner();
    /// The same network with in_channels inputs (9 for inpainting, 8 for instruct-pix2pix).
    UNetConfig with_in_channels(std::int64_t channels) const;
};

/// A ControlNet (Zhang et al. 2023): the way down of a UNet, and the layers that bring a hint picture
/// to its first map.
struct ControlNetConfig {
    UNetConfig unet;  ///< up_depth and out_channels mean nothing here
    std::int64_t hint_channels = 3;
    std::vector<std::int64_t> hint_widths{16, 32, 96, 256};  ///< each halves the extent, but the first

    /// Hint pixels per latent pixel, in each direction.
    std::int64_t hint_factor() const { return std::int64_t{1} << (hint_widths.size() - 1); }
    bool operator==(const ControlNetConfig&) const = default;

    static ControlNetConfig sd1();
    static ControlNetConfig sdxl();
};

}  // namespace unet
