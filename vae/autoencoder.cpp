#include "vae/autoencoder.h"

namespace vae {

namespace {

/// [1, C, 1, 1] in the type of x.
torch::Tensor per_channel(const std::vector<double>& values, const torch::Tensor& x) {
    return torch::tensor(values, torch::kFloat64).to(x.options()).view({1, -1, 1, 1});
}

}  // namespace

AutoencoderImpl::AutoencoderImpl(const AutoencoderConfig& config)
    : config_(config),
      space_{config.latent_channels, config.factor(), config.scaling_factor,
             preview_matrix_of(config)},
      encoder(register_module("encoder", Encoder(config))),
      decoder(register_module("decoder", Decoder(config))) {
    const auto channels = config.latent_channels;
    if (config.has_quant_conv) {
        quant_conv =
            register_module("quant_conv", unet::ops::conv1x1(2 * channels, 2 * channels));
    }
    if (config.has_post_quant_conv) {
        post_quant_conv = register_module("post_quant_conv", unet::ops::conv1x1(channels, channels));
    }
}

Moments AutoencoderImpl::encode(const torch::Tensor& pixels) {
    TORCH_CHECK(pixels.dim() == 4 && pixels.size(1) == config_.in_channels &&
                    pixels.size(2) % space_.factor == 0 && pixels.size(3) % space_.factor == 0,
                "Autoencoder: pixels ", pixels.sizes(), " for ", config_.in_channels,
                " channels and multiples of ", space_.factor);
    auto moments = encoder(pixels);
    if (quant_conv) moments = quant_conv(moments);
    const auto halves = moments.chunk(2, 1);
    const auto logvar = halves[1].clamp(-30, 20);
    if (config_.latents_std.empty()) return {halves[0], logvar};
    const auto deviation = per_channel(config_.latents_std, halves[0]);
    return {(halves[0] - per_channel(config_.latents_mean, halves[0])) / deviation,
            logvar - 2 * deviation.log()};
}

torch::Tensor AutoencoderImpl::decode(const torch::Tensor& latent) {
    TORCH_CHECK(latent.dim() == 4 && latent.size(1) == config_.latent_channels,
                "Autoencoder: latent ", latent.sizes(), " for ", config_.latent_channels, " channels");
    auto unscaled = latent / config_.scaling_factor;
    if (!config_.latents_std.empty()) {
        unscaled = unscaled * per_channel(config_.latents_std, latent) +
                   per_channel(config_.latents_mean, latent);
    }
    return decoder(post_quant_conv ? post_quant_conv(unscaled) : unscaled);
}

}  // namespace vae
