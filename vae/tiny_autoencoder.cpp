#include "vae/tiny_autoencoder.h"

#include <string>

#include "vae/latent_preview.h"

namespace vae {

namespace {

using unet::ops::Conv2d;
using unet::ops::conv3x3;

/// Registers layers under rising numbers, as the Sequential of the reference has them; layers that
/// have no weights take a number too.
class Numbering {
public:
    explicit Numbering(torch::nn::Module& owner)
        : layers_(owner.register_module("layers", std::make_shared<torch::nn::Module>())) {}

    template <typename Layer>
    Layer add(Layer layer) {
        return layers_->register_module(std::to_string(next_++), std::move(layer));
    }
    void skip() { ++next_; }

private:
    std::shared_ptr<torch::nn::Module> layers_;
    int next_ = 0;
};

std::vector<TinyBlock> add_blocks(Numbering& layers, int64_t count, int64_t width) {
    std::vector<TinyBlock> blocks;
    for (int64_t i = 0; i < count; ++i) blocks.push_back(layers.add(TinyBlock(width)));
    return blocks;
}

torch::Tensor through(std::vector<TinyBlock>& blocks, torch::Tensor x) {
    for (auto& block : blocks) x = block(x);
    return x;
}

}  // namespace

TinyBlockImpl::TinyBlockImpl(int64_t width) {
    const auto conv = register_module("conv", std::make_shared<torch::nn::Module>());
    // The numbers between are those of the activations.
    for (const char* name : {"0", "2", "4"}) {
        convs_.push_back(conv->register_module(name, conv3x3(width, width)));
    }
}

torch::Tensor TinyBlockImpl::forward(const torch::Tensor& x) {
    const auto h = convs_[1](convs_[0](x).relu_()).relu_();
    return convs_[2]->forward_add(h, x).relu_();
}

TinyEncoderImpl::TinyEncoderImpl(const TinyConfig& config) {
    const auto width = config.encoder_width;
    Numbering layers(*this);
    for (const auto count : config.encoder_blocks) {
        Level level;
        level.entry = layers.add(levels_.empty() ? conv3x3(config.in_channels, width)
                                                 : Conv2d(width, width, 3, 2, 1, false));
        level.blocks = add_blocks(layers, count, width);
        levels_.push_back(std::move(level));
    }
    exit_ = layers.add(conv3x3(width, config.latent_channels));
}

torch::Tensor TinyEncoderImpl::forward(torch::Tensor x) {
    x = x.contiguous(torch::MemoryFormat::ChannelsLast);
    for (auto& level : levels_) x = through(level.blocks, level.entry(x));
    return exit_(x);
}

TinyDecoderImpl::TinyDecoderImpl(const TinyConfig& config) {
    const auto width = config.decoder_width;
    Numbering layers(*this);
    entry_ = layers.add(conv3x3(config.latent_channels, width));
    layers.skip();  // activation
    for (size_t i = 0; i < config.decoder_blocks.size(); ++i) {
        Level level;
        level.blocks = add_blocks(layers, config.decoder_blocks[i], width);
        const bool is_last = i + 1 == config.decoder_blocks.size();
        if (!is_last) layers.skip();  // doubling
        level.exit = layers.add(is_last ? conv3x3(width, config.in_channels)
                                        : Conv2d(width, width, 3, 1, 1, false));
        levels_.push_back(std::move(level));
    }
}

torch::Tensor TinyDecoderImpl::forward(torch::Tensor x) {
    // Soft limit to -3 ... 3, the range that it was trained on.
    x = torch::tanh(x.contiguous(torch::MemoryFormat::ChannelsLast) / 3) * 3;
    x = entry_(x).relu_();
    for (size_t i = 0; i < levels_.size(); ++i) {
        x = through(levels_[i].blocks, x);
        if (i + 1 < levels_.size()) x = torch::upsample_nearest2d(x, {2 * x.size(2), 2 * x.size(3)});
        x = levels_[i].exit(x);
    }
    return x;
}

TinyAutoencoderImpl::TinyAutoencoderImpl(const TinyConfig& config) : config_(config) {
    TORCH_CHECK(!config.encoder_blocks.empty() || !config.decoder_blocks.empty(),
                "tiny autoencoder: neither an encoder nor a decoder");
    TORCH_CHECK(config.encoder_blocks.empty() || config.decoder_blocks.empty() ||
                    config.encoder_blocks.size() == config.decoder_blocks.size(),
                "tiny autoencoder: an encoder of ", config.encoder_blocks.size(),
                " levels and a decoder of ", config.decoder_blocks.size());
    space_.channels = config.latent_channels;
    space_.factor = config.factor();
    space_.scaling_factor = config.scaling_factor;
    if (!config.encoder_blocks.empty()) {
        encoder = register_module("encoder", TinyEncoder(config));
    }
    if (!config.decoder_blocks.empty()) {
        decoder = register_module("decoder", TinyDecoder(config));
    }
}

Moments TinyAutoencoderImpl::encode(const torch::Tensor& pixels) {
    TORCH_CHECK(encoder, "tiny autoencoder: only the decoder was loaded");
    TORCH_CHECK(pixels.dim() == 4 && pixels.size(1) == config_.in_channels &&
                    pixels.size(2) % space_.factor == 0 && pixels.size(3) % space_.factor == 0,
                "tiny autoencoder: pixels ", pixels.sizes(), " for ", config_.in_channels,
                " channels and multiples of ", space_.factor);
    const auto mean = encoder((pixels + 1) / 2);
    return {mean, torch::full_like(mean, -30.0)};
}

torch::Tensor TinyAutoencoderImpl::decode(const torch::Tensor& latent) {
    TORCH_CHECK(decoder, "tiny autoencoder: only the encoder was loaded");
    TORCH_CHECK(latent.dim() == 4 && latent.size(1) == config_.latent_channels,
                "tiny autoencoder: latent ", latent.sizes(), " for ", config_.latent_channels,
                " channels");
    return decoder(latent / config_.scaling_factor) * 2 - 1;
}

torch::Tensor TinyAutoencoderImpl::preview(const torch::Tensor& latent) {
    if (!decoder) return LatentCodec::preview(latent);
    const auto device = decoder->parameters().front().device();
    return preview_bytes(decode(latent.to(device, unet::ops::compute_type(*decoder))));
}

}  // namespace vae
