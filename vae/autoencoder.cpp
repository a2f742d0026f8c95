#include "vae/autoencoder.h"

namespace vae {

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
    return {halves[0], halves[1].clamp(-30, 20)};
}

torch::Tensor AutoencoderImpl::decode(const torch::Tensor& latent) {
    TORCH_CHECK(latent.dim() == 4 && latent.size(1) == config_.latent_channels,
                "Autoencoder: latent ", latent.sizes(), " for ", config_.latent_channels, " channels");
    const auto unscaled = latent / config_.scaling_factor;
    return decoder(post_quant_conv ? post_quant_conv(unscaled) : unscaled);
}

}  // namespace vae
