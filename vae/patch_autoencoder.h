#pragma once

// An autoencoder that starts as a linear code and learns only what that leaves over. A picture is cut
// into patches of factor x factor pixels; each becomes one latent pixel by a patch convolution, whose
// transpose is the way back. Set from the patches' principal components the pair is the best linear
// code there is. Around it lie residual convolutions that begin at zero: they see neighbouring
// patches, and put back edges that the linear code blurs. The costly ones work on the latent grid and
// on blocks of detail_factor pixels, so that a picture decodes in a fraction of a second on a CPU.

#include <torch/nn/module.h>
#include <torch/nn/modules/container/modulelist.h>
#include <torch/nn/modules/conv.h>
#include <torch/nn/pimpl.h>
#include <torch/types.h>

#include "vae/latent_codec.h"
#include "vae/patch_config.h"

namespace vae {

/// x + conv2(silu(conv1(silu(x)))); conv2 begins at zero.
class PatchResidualImpl : public torch::nn::Module {
public:
    explicit PatchResidualImpl(int64_t width);
    torch::Tensor forward(const torch::Tensor& x);
    void begin_at_zero();

private:
    torch::nn::Conv2d conv1, conv2;
};
TORCH_MODULE(PatchResidual);

/// Pixels [B, 3, H, W] -> unscaled latents [B, C, H / factor, W / factor].
class PatchEncoderImpl : public torch::nn::Module {
public:
    explicit PatchEncoderImpl(const PatchConfig& config);
    torch::Tensor forward(const torch::Tensor& pixels);

    torch::nn::Conv2d patch;

private:
    int64_t detail_factor_, detail_per_latent_;
    torch::nn::Conv2d detail_in{nullptr};
    torch::nn::ModuleList blocks;
    torch::nn::Conv2d conv_out{nullptr};
};
TORCH_MODULE(PatchEncoder);

/// Unscaled latents -> pixels.
class PatchDecoderImpl : public torch::nn::Module {
public:
    explicit PatchDecoderImpl(const PatchConfig& config);
    torch::Tensor forward(const torch::Tensor& latent);

    torch::nn::ConvTranspose2d patch;

private:
    int64_t detail_factor_, detail_per_latent_;
    torch::nn::Conv2d conv_in;
    torch::nn::ModuleList blocks;
    torch::nn::Conv2d widen, detail_in;
    torch::nn::ModuleList detail_blocks;
    torch::nn::Conv2d conv_out;
};
TORCH_MODULE(PatchDecoder);

/// A linear code of patches: code = gain * basis * (patch - mean).
struct LinearCode {
    torch::Tensor mean;   ///< [in_channels], one value for all pixels of a channel
    torch::Tensor basis;  ///< [C, in_channels * factor * factor], orthonormal rows
    torch::Tensor gain;   ///< [C]
};

class PatchAutoencoderImpl : public LatentCodec {
public:
    explicit PatchAutoencoderImpl(const PatchConfig& config);

    const LatentSpace& space() const override { return space_; }
    /// The code is no distribution: logvar says -30 everywhere.
    Moments encode(const torch::Tensor& pixels) override;
    torch::Tensor decode(const torch::Tensor& latent) override;
    /// The linear code's picture at a quarter of the size (whole where the factor is no multiple of 4): a
    /// latent pixel is too many pixels to show as one.
    torch::Tensor preview(const torch::Tensor& latent) override;

    /// Makes encoder and decoder this code; the residual parts must still be at zero.
    void set_linear(const LinearCode& code);
    void set_scaling_factor(double factor);
    void set_preview_matrix(const std::vector<std::array<double, 3>>& matrix);
    const PatchConfig& config() const { return config_; }

    PatchEncoder encoder{nullptr};
    PatchDecoder decoder{nullptr};

private:
    PatchConfig config_;
    LatentSpace space_;
};
TORCH_MODULE(PatchAutoencoder);

}  // namespace vae
