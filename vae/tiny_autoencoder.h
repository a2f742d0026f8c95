#pragma once

// TAESD: a small autoencoder distilled from a large one, for latents of the same space. It decodes a
// picture in a fraction of the time and memory, at the cost of fine detail. Ollin Boer Bohan 2023;
// module names are those of diffusers' AutoencoderTiny, whose layers are numbered.

#include <torch/nn/module.h>
#include <torch/nn/pimpl.h>
#include <torch/types.h>

#include <vector>

#include "unet/ops/layers.h"
#include "vae/config.h"
#include "vae/latent_codec.h"

namespace vae {

/// relu(x + three convolutions with relu between them).
class TinyBlockImpl : public torch::nn::Module {
public:
    explicit TinyBlockImpl(int64_t width);
    /// x [B, width, h, w].
    torch::Tensor forward(const torch::Tensor& x);

private:
    std::vector<unet::ops::Conv2d> convs_;
};
TORCH_MODULE(TinyBlock);

/// Pixels [B, in_channels, H, W] in 0 ... 1 -> latents [B, latent_channels, H / factor, W / factor].
class TinyEncoderImpl : public torch::nn::Module {
public:
    explicit TinyEncoderImpl(const TinyConfig& config);
    torch::Tensor forward(torch::Tensor x);

private:
    struct Level {
        unet::ops::Conv2d entry{nullptr};  ///< halves the extent, but for the first
        std::vector<TinyBlock> blocks;
    };
    std::vector<Level> levels_;
    unet::ops::Conv2d exit_{nullptr};
};
TORCH_MODULE(TinyEncoder);

/// Latents -> pixels in 0 ... 1, not clamped.
class TinyDecoderImpl : public torch::nn::Module {
public:
    explicit TinyDecoderImpl(const TinyConfig& config);
    torch::Tensor forward(torch::Tensor x);

private:
    struct Level {
        std::vector<TinyBlock> blocks;
        unet::ops::Conv2d exit{nullptr};  ///< behind a doubling, but for the last
    };
    unet::ops::Conv2d entry_{nullptr};
    std::vector<Level> levels_;
};
TORCH_MODULE(TinyDecoder);

class TinyAutoencoderImpl : public LatentCodec {
public:
    explicit TinyAutoencoderImpl(const TinyConfig& config);

    const LatentSpace& space() const override { return space_; }
    /// The code is no distribution: logvar says -30 everywhere. Needs an encoder.
    Moments encode(const torch::Tensor& pixels) override;
    /// Needs a decoder.
    torch::Tensor decode(const torch::Tensor& latent) override;
    /// The decoded picture at full size, which is what this network was made for.
    torch::Tensor preview(const torch::Tensor& latent) override;

    const TinyConfig& config() const { return config_; }

private:
    TinyConfig config_;
    LatentSpace space_;
    TinyEncoder encoder{nullptr};
    TinyDecoder decoder{nullptr};
};
TORCH_MODULE(TinyAutoencoder);

}  // namespace vae
