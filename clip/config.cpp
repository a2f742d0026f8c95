#include "clip/config.h"

namespace clip {

TextEncoderConfig TextEncoderConfig::vit_l() { return {}; }

TextEncoderConfig TextEncoderConfig::open_clip_h(std::int64_t layers) {
    TextEncoderConfig config;
    config.width = 1024;
    config.layers = layers;
    config.heads = 16;
    config.mlp_width = 4096;
    config.activation = Activation::gelu;
    config.pad_token = 0;
    return config;
}

TextEncoderConfig TextEncoderConfig::open_clip_bigg() {
    TextEncoderConfig config;
    config.width = 1280;
    config.layers = 32;
    config.heads = 20;
    config.mlp_width = 5120;
    config.activation = Activation::gelu;
    config.projection_dim = 1280;
    config.pad_token = 0;
    return config;
}

}  // namespace clip
