#include "vae/patch_autoencoder.h"

#include <torch/nn/init.h>
#include <torch/nn/modules/container/modulelist.h>
#include <torch/nn/modules/conv.h>
#include <torch/utils.h>

#include "vae/latent_preview.h"

namespace vae {

namespace {

torch::nn::Conv2d conv3x3(int64_t in, int64_t out) {
    return torch::nn::Conv2d(torch::nn::Conv2dOptions(in, out, 3).padding(1));
}

torch::nn::Conv2d conv1x1(int64_t in, int64_t out) {
    return torch::nn::Conv2d(torch::nn::Conv2dOptions(in, out, 1));
}

torch::nn::ModuleList residuals(int64_t count, int64_t width) {
    torch::nn::ModuleList list;
    for (int64_t i = 0; i < count; ++i) list->push_back(PatchResidual(width));
    return list;
}

torch::Tensor through(const torch::nn::ModuleList& list, torch::Tensor x) {
    for (const auto& block : *list) x = block->as<PatchResidualImpl>()->forward(x);
    return x;
}

void set_zero(torch::nn::Conv2d& conv) {
    torch::nn::init::zeros_(conv->weight);
    torch::nn::init::zeros_(conv->bias);
}

int64_t checked_ratio(const PatchConfig& config) {
    TORCH_CHECK(config.detail_factor > 0 && config.factor % config.detail_factor == 0,
                "patch autoencoder: the factor ", config.factor,
                " is not a multiple of the detail factor ", config.detail_factor);
    return config.factor / config.detail_factor;
}

}  // namespace

PatchResidualImpl::PatchResidualImpl(int64_t width)
    : conv1(register_module("conv1", conv3x3(width, width))),
      conv2(register_module("conv2", conv3x3(width, width))) {
    begin_at_zero();
}

void PatchResidualImpl::begin_at_zero() { set_zero(conv2); }

torch::Tensor PatchResidualImpl::forward(const torch::Tensor& x) {
    return x + conv2(torch::silu(conv1(torch::silu(x))));
}

PatchEncoderImpl::PatchEncoderImpl(const PatchConfig& config)
    : patch(register_module("patch",
                            torch::nn::Conv2d(torch::nn::Conv2dOptions(config.in_channels,
                                                                       config.latent_channels, config.factor)
                                                  .stride(config.factor)))),
      detail_factor_(config.detail_factor),
      detail_per_latent_(checked_ratio(config)) {
    if (config.encoder_blocks == 0) return;
    const auto width = config.encoder_width;
    detail_in = register_module(
        "detail_in", conv3x3(config.in_channels * detail_factor_ * detail_factor_, width));
    blocks = register_module("blocks", residuals(config.encoder_blocks, width));
    conv_out = register_module(
        "conv_out", conv1x1(width * detail_per_latent_ * detail_per_latent_, config.latent_channels));
    set_zero(conv_out);
}

torch::Tensor PatchEncoderImpl::forward(const torch::Tensor& pixels) {
    const auto code = patch(pixels);
    if (!conv_out) return code;
    auto h = through(blocks, detail_in(torch::pixel_unshuffle(pixels, detail_factor_)));
    return code + conv_out(torch::pixel_unshuffle(h, detail_per_latent_));
}

PatchDecoderImpl::PatchDecoderImpl(const PatchConfig& config)
    : patch(register_module("patch", torch::nn::ConvTranspose2d(
                                         torch::nn::ConvTranspose2dOptions(
                                             config.latent_channels, config.in_channels, config.factor)
                                             .stride(config.factor)))),
      detail_factor_(config.detail_factor),
      detail_per_latent_(checked_ratio(config)),
      conv_in(register_module("conv_in", conv3x3(config.latent_channels, config.decoder_width))),
      blocks(register_module("blocks", residuals(config.decoder_blocks, config.decoder_width))),
      widen(register_module("widen",
                            conv1x1(config.decoder_width,
                                    config.detail_width * detail_per_latent_ * detail_per_latent_))),
      detail_in(register_module("detail_in",
                                conv3x3(config.in_channels * detail_factor_ * detail_factor_,
                                        config.detail_width))),
      detail_blocks(register_module("detail_blocks",
                                    residuals(config.detail_blocks, config.detail_width))),
      conv_out(register_module("conv_out",
                               conv3x3(config.detail_width,
                                       config.in_channels * detail_factor_ * detail_factor_))) {
    set_zero(conv_out);
}

torch::Tensor PatchDecoderImpl::forward(const torch::Tensor& latent) {
    const auto rough = patch(latent);
    const auto context = widen(through(blocks, conv_in(latent)));
    auto h = torch::pixel_shuffle(context, detail_per_latent_) +
             detail_in(torch::pixel_unshuffle(rough, detail_factor_));
    h = conv_out(torch::silu(through(detail_blocks, h)));
    return rough + torch::pixel_shuffle(h, detail_factor_);
}

PatchAutoencoderImpl::PatchAutoencoderImpl(const PatchConfig& config)
    : encoder(register_module("encoder", PatchEncoder(config))),
      decoder(register_module("decoder", PatchDecoder(config))),
      config_(config) {
    space_.channels = config.latent_channels;
    space_.factor = config.factor;
    space_.scaling_factor = config.scaling_factor;
    space_.preview_matrix = config.preview_matrix;
}

Moments PatchAutoencoderImpl::encode(const torch::Tensor& pixels) {
    TORCH_CHECK(pixels.dim() == 4 && pixels.size(2) % config_.factor == 0 &&
                    pixels.size(3) % config_.factor == 0,
                "patch autoencoder: pixels must be [B, ", config_.in_channels,
                ", H, W] with sides that are multiples of ", config_.factor, ", not ", pixels.sizes());
    const auto mean = encoder(pixels);
    return {mean, torch::full_like(mean, -30.0)};
}

torch::Tensor PatchAutoencoderImpl::decode(const torch::Tensor& latent) {
    TORCH_CHECK(latent.dim() == 4 && latent.size(1) == config_.latent_channels,
                "patch autoencoder: the latent must be [B, ", config_.latent_channels, ", h, w], not ",
                latent.sizes());
    return decoder(latent / config_.scaling_factor);
}

// The strongest components of a patch hold nothing finer than a few pixels, so a quarter of the size shows
// them at a sixteenth of the work: a step of a small model takes 15 ms.
torch::Tensor PatchAutoencoderImpl::preview(const torch::Tensor& latent) {
    const torch::NoGradGuard no_grad;
    const auto weight = decoder->patch->weight.to(torch::kFloat32);
    const auto kernels = config_.factor % 4 == 0 ? torch::avg_pool2d(weight, 4) : weight;
    const auto side = kernels.size(2), batch = latent.size(0), h = latent.size(2), w = latent.size(3);
    const auto code = latent.to(weight.device(), torch::kFloat32).permute({0, 2, 3, 1}) / config_.scaling_factor;
    const auto patches = torch::matmul(code, kernels.permute({0, 2, 3, 1}).flatten(1));
    const auto pixels = patches.view({batch, h, w, side, side, 3})
                            .permute({0, 1, 3, 2, 4, 5})
                            .reshape({batch, h * side, w * side, 3});
    return preview_bytes((pixels + decoder->patch->bias.to(torch::kFloat32)).permute({0, 3, 1, 2}));
}

void PatchAutoencoderImpl::set_linear(const LinearCode& code) {
    torch::NoGradGuard no_grad;
    const auto channels = config_.latent_channels, f = config_.factor;
    TORCH_CHECK(code.basis.size(0) == channels && code.basis.size(1) == config_.in_channels * f * f,
                "patch autoencoder: the basis must be [", channels, ", ", config_.in_channels * f * f,
                "], not ", code.basis.sizes());
    const auto kernels = code.basis.view({channels, config_.in_channels, f, f});
    const auto gain = code.gain.view({channels, 1, 1, 1});
    encoder->patch->weight.copy_(kernels * gain);
    encoder->patch->bias.copy_(-code.gain * torch::mv(kernels.sum({2, 3}), code.mean));
    decoder->patch->weight.copy_(kernels / gain);
    decoder->patch->bias.copy_(code.mean);
}

void PatchAutoencoderImpl::set_scaling_factor(double factor) {
    config_.scaling_factor = factor;
    space_.scaling_factor = factor;
}

void PatchAutoencoderImpl::set_preview_matrix(const std::vector<std::array<double, 3>>& matrix) {
    config_.preview_matrix = matrix;
    space_.preview_matrix = matrix;
}

}  // namespace vae
