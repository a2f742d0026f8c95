#include <type_traits>
#include <vector>

#include "diffusion/pipeline/layer_memory_impl.h"

namespace diffusion::pipeline {

namespace {

/// vae::MidBlock; the caller holds its input.
Held middle(LayerMemory& layers, const vae::AutoencoderConfig& config, std::int64_t positions) {
    const auto channels = config.block_out_channels.back();
    auto x = layers.resnet(channels, channels, positions);
    if (config.has_mid_attention) {
        const auto tokens = layers.tensor(channels, positions);
        auto q = layers.layer(channels, channels, 1, positions);
        auto k = layers.layer(channels, channels, 1, positions);
        auto v = layers.layer(channels, channels, 1, positions);
        const auto attended = layers.tensor(channels, positions);
        q.release();
        k.release();
        v.release();
        const auto out = layers.layer(channels, channels, 1, positions);
        x = layers.tensor(channels, positions);
    }
    return layers.resnet(channels, channels, positions);
}

/// The caller of a level holds its first map until its last is there, so that `first` lives on.
std::int64_t decoder_peak(const vae::AutoencoderConfig& config, const Workload& work) {
    LayerMemory layers(work);
    auto positions = work.height * work.width;
    const auto& channels = config.block_out_channels;
    auto x = [&] {
        const auto input = layers.layer(config.latent_channels, channels.back(), 3, positions);
        return middle(layers, config, positions);
    }();
    for (size_t i = channels.size(); i-- > 0;) {
        const auto first = std::move(x);
        auto in = i + 1 < channels.size() ? channels[i + 1] : channels.back();
        for (std::int64_t j = 0; j <= config.layers_per_block; ++j) {
            x = layers.resnet(in, channels[i], positions);
            in = channels[i];
        }
        if (i == 0) break;
        positions *= 4;
        const auto enlarged = layers.tensor(in, positions);
        x = layers.layer(in, in, 3, positions);
    }
    const auto normed = layers.tensor(channels.front(), positions);
    layers.layer(channels.front(), config.out_channels, 3, positions);
    return layers.tally().peak();
}

std::int64_t encoder_peak(const vae::AutoencoderConfig& config, const Workload& work) {
    LayerMemory layers(work);
    const auto factor = config.factor();
    auto positions = work.height * work.width * factor * factor;
    const auto& channels = config.block_out_channels;
    auto x = layers.layer(config.in_channels, channels.front(), 3, positions);
    for (size_t i = 0; i < channels.size(); ++i) {
        const auto first = std::move(x);
        auto in = i == 0 ? channels.front() : channels[i - 1];
        for (std::int64_t j = 0; j < config.layers_per_block; ++j) {
            x = layers.resnet(in, channels[i], positions);
            in = channels[i];
        }
        if (i + 1 == channels.size()) break;
        const auto padded = layers.tensor(in, positions);
        positions /= 4;
        x = layers.layer(in, in, 3, positions);
    }
    const auto normed = middle(layers, config, positions);
    layers.layer(channels.back(), 2 * config.latent_channels, 3, positions);
    return layers.tally().peak();
}

/// Residual blocks of one width at the picture's own resolution are what counts in either direction.
std::int64_t tiny_peak(std::int64_t width, const vae::TinyConfig& config, const Workload& work) {
    LayerMemory layers(work);
    const auto positions = work.height * work.width * config.factor() * config.factor();
    const auto input = layers.tensor(width, positions);
    const auto first = layers.layer(width, width, 3, positions);
    const auto second = layers.layer(width, width, 3, positions);
    layers.added_layer(width, width, 3, positions);
    return layers.tally().peak();
}

/// The detail layers: what they read, silu of it, a convolution and silu of that.
std::int64_t patch_peak(std::int64_t width, const vae::PatchConfig& config, const Workload& work) {
    LayerMemory layers(work);
    const auto side = config.factor / config.detail_factor;
    const auto positions = work.height * work.width * side * side;
    const auto rough = layers.tensor(
        config.in_channels * config.detail_factor * config.detail_factor, positions);
    const auto context = layers.tensor(width, positions);
    const auto input = layers.tensor(width, positions);
    const auto active = layers.tensor(width, positions);
    const auto made = layers.layer(width, width, 3, positions);
    layers.layer(width, width, 3, positions);
    return layers.tally().peak();
}

}  // namespace

std::int64_t decoder_memory(const checkpoint::VaeConfig& config, const Workload& work) {
    return std::visit(
        [&](const auto& own) {
            using Config = std::remove_cvref_t<decltype(own)>;
            if constexpr (std::is_same_v<Config, vae::AutoencoderConfig>)
                return decoder_peak(own, work);
            else if constexpr (std::is_same_v<Config, vae::TinyConfig>)
                return tiny_peak(own.decoder_width, own, work);
            else
                return patch_peak(own.detail_width, own, work);
        },
        config);
}

std::int64_t encoder_memory(const checkpoint::VaeConfig& config, const Workload& work) {
    return std::visit(
        [&](const auto& own) {
            using Config = std::remove_cvref_t<decltype(own)>;
            if constexpr (std::is_same_v<Config, vae::AutoencoderConfig>)
                return encoder_peak(own, work);
            else if constexpr (std::is_same_v<Config, vae::TinyConfig>)
                return tiny_peak(own.encoder_width, own, work);
            else
                return patch_peak(own.encoder_width, own, work);
        },
        config);
}

std::int64_t text_memory(const clip::TextEncoderConfig& config, const Workload& work) {
    LayerMemory layers(work);
    // Every layer's result is kept: a picture may ask for any of them.
    const auto hidden = layers.tensor(config.width * (config.layers + 1), work.tokens);
    const auto inner = layers.layer(config.width, config.mlp_width, 1, work.tokens);
    layers.layer(config.mlp_width, config.width, 1, work.tokens);
    return layers.tally().peak();
}

}  // namespace diffusion::pipeline
