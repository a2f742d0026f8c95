#include "diffusion/upscale/swin.h"

#include <string>

#include "diffusion/upscale/swin_block.h"

namespace diffusion::upscale {

namespace {

using unet::ops::Conv2d;
using unet::ops::conv3x3;
using unet::ops::LayerNorm;

/// Mean colour of the pictures that it was trained on (DIV2K).
torch::Tensor mean_colour(const torch::Tensor& pixels) {
    return torch::tensor({0.4488f, 0.4371f, 0.4040f}).view({1, 3, 1, 1}).to(pixels.options());
}

torch::Tensor leaky(const torch::Tensor& x, double slope) { return torch::leaky_relu(x, slope); }

}  // namespace

SwinImpl::SwinImpl(const SwinConfig& config)
    : config_(config),
      conv_first(register_module("conv_first", conv3x3(3, config.width))),
      patch_embed_(register_module("patch_embed", std::make_shared<torch::nn::Module>())),
      entry_norm_(patch_embed_->register_module("norm", LayerNorm(config.width))),
      norm(register_module("norm", LayerNorm(config.width))),
      conv_after_body(register_module("conv_after_body", conv3x3(config.width, config.width))),
      before_upsample_(conv3x3(config.width, config.head_width)),
      conv_hr(register_module("conv_hr", conv3x3(config.head_width, config.head_width))),
      conv_last(register_module("conv_last", conv3x3(config.head_width, 3))) {
    for (const auto depth : config.depths) layers->push_back(SwinGroup(config, depth));
    register_module("layers", layers);
    register_module("conv_before_upsample", torch::nn::ModuleList(before_upsample_));
    for (int64_t i = 1; i <= config.doublings; ++i) {
        conv_up_.push_back(register_module("conv_up" + std::to_string(i),
                                           conv3x3(config.head_width, config.head_width)));
    }
}

/// x [B, width, H, W], sides multiples of the window.
torch::Tensor SwinImpl::transform(const torch::Tensor& x) {
    const auto mask = shift_mask(x.size(2), x.size(3), config_.window).to(x.device());
    auto h = entry_norm_(x.permute({0, 2, 3, 1}));
    for (const auto& group : *layers) h = group->as<SwinGroupImpl>()->forward(h, mask);
    return norm(h).permute({0, 3, 1, 2});
}

torch::Tensor SwinImpl::forward(const torch::Tensor& pixels) {
    TORCH_CHECK(pixels.dim() == 4 && pixels.size(1) == 3, "upscaler: pixels ", pixels.sizes());
    const auto mean = mean_colour(pixels);
    auto x = conv_first(mirrored_to_multiple(pixels, config_.window) - mean);
    x = x + conv_after_body(transform(x));
    x = leaky(before_upsample_(x), 0.01);
    for (auto& conv : conv_up_) {
        x = leaky(conv(torch::upsample_nearest2d(x, {2 * x.size(2), 2 * x.size(3)})), 0.2);
    }
    x = conv_last(leaky(conv_hr(x), 0.2)) + mean;
    return x.slice(2, 0, pixels.size(2) * scale()).slice(3, 0, pixels.size(3) * scale());
}

}  // namespace diffusion::upscale
