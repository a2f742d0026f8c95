#pragma once

#include <cstdint>

namespace clip {

enum class Activation { quick_gelu, gelu };

/// Every dimension of a CLIP text encoder (Radford et al. 2021).
struct TextEncoderConfig {
    std::int64_t vocab_size = 49408;
    std::int64_t max_positions = 77;
    std::int64_t width = 768;
    std::int64_t layers = 12;
    std::int64_t heads = 12;
    std::int64_t mlp_width = 3072;
    Activation activation = Activation::quick_gelu;
    std::int64_t projection_dim = 0;  ///< width of the pooled vector; 0: no text_projection
    double layer_norm_eps = 1e-5;
    std::int64_t start_token = 49406;
    std::int64_t end_token = 49407;
    std::int64_t pad_token = 49407;   ///< CLIP-L pads with the end token, the OpenCLIP models with 0

    bool operator==(const TextEncoderConfig&) const = default;

    static TextEncoderConfig vit_l();
    /// layers: 23 as SD2 folders hold it (its penultimate layer), 24 as single files do.
    static TextEncoderConfig open_clip_h(std::int64_t layers = 23);
    static TextEncoderConfig open_clip_bigg();
};

}  // namespace clip
