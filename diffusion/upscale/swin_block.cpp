#include "diffusion/upscale/swin_block.h"

#include <cmath>

namespace diffusion::upscale {

namespace {

using torch::indexing::Slice;

/// [B, H, W, C] -> [B * windows, window^2, C].
torch::Tensor cut(const torch::Tensor& x, int64_t window) {
    const auto b = x.size(0), h = x.size(1), w = x.size(2), c = x.size(3);
    return x.view({b, h / window, window, w / window, window, c})
        .permute({0, 1, 3, 2, 4, 5})
        .reshape({-1, window * window, c});
}

torch::Tensor joined(const torch::Tensor& windows, int64_t window, int64_t height, int64_t width) {
    return windows.view({-1, height / window, width / window, window, window, windows.size(2)})
        .permute({0, 1, 3, 2, 4, 5})
        .reshape({-1, height, width, windows.size(2)});
}

/// Row of the bias table by how far position j lies below and right of position i.
torch::Tensor relative_index(int64_t window) {
    const auto position = torch::arange(window * window);
    const auto row = torch::floor_divide(position, window), column = torch::remainder(position, window);
    const auto down = row.unsqueeze(1) - row.unsqueeze(0) + window - 1;
    const auto right = column.unsqueeze(1) - column.unsqueeze(0) + window - 1;
    return (down * (2 * window - 1) + right).flatten();
}

}  // namespace

torch::Tensor shift_mask(int64_t height, int64_t width, int64_t window) {
    auto region = torch::zeros({1, height, width, 1});
    const auto half = window / 2;
    const Slice slices[] = {Slice(0, -window), Slice(-window, -half), Slice(-half, torch::indexing::None)};
    int count = 0;
    for (const auto& rows : slices) {
        for (const auto& columns : slices) region.index_put_({0, rows, columns, 0}, count++);
    }
    const auto windows = cut(region, window).squeeze(2);
    const auto differs = windows.unsqueeze(1) != windows.unsqueeze(2);
    return (differs.to(torch::kFloat32) * -100).unsqueeze(1);
}

WindowAttentionImpl::WindowAttentionImpl(const SwinConfig& config)
    : heads_(config.heads),
      relative_position_bias_table(register_parameter(
          "relative_position_bias_table",
          torch::empty({(2 * config.window - 1) * (2 * config.window - 1), config.heads}))),
      index_(relative_index(config.window)),
      qkv(register_module("qkv", unet::ops::Linear(config.width, 3 * config.width))),
      proj(register_module("proj", unet::ops::Linear(config.width, config.width))) {}

torch::Tensor WindowAttentionImpl::forward(const torch::Tensor& windows, const torch::Tensor& mask) {
    const auto count = windows.size(0), length = windows.size(1), width = windows.size(2);
    const auto parts = qkv(windows).view({count, length, 3, heads_, width / heads_}).permute({2, 0, 3, 1, 4});
    const auto scale = 1.0 / std::sqrt(static_cast<double>(width / heads_));
    auto scores = torch::matmul(parts[0] * scale, parts[1].transpose(-2, -1));
    const auto bias = relative_position_bias_table.index_select(0, index_.to(windows.device()))
                          .view({length, length, heads_})
                          .permute({2, 0, 1});
    scores = scores + bias;
    if (mask.defined()) {
        const auto n = mask.size(0);
        scores = (scores.view({-1, n, heads_, length, length}) + mask.to(scores.options()))
                     .view({count, heads_, length, length});
    }
    const auto mixed = torch::matmul(torch::softmax(scores, -1), parts[2]);
    return proj(mixed.transpose(1, 2).reshape({count, length, width}));
}

SwinBlockImpl::SwinBlockImpl(const SwinConfig& config, int64_t shift)
    : window_(config.window),
      shift_(shift),
      norm1(register_module("norm1", unet::ops::LayerNorm(config.width))),
      norm2(register_module("norm2", unet::ops::LayerNorm(config.width))),
      attn(register_module("attn", WindowAttention(config))),
      mlp_(register_module("mlp", std::make_shared<torch::nn::Module>())),
      fc1_(mlp_->register_module("fc1", unet::ops::Linear(config.width, config.mlp_width))),
      fc2_(mlp_->register_module("fc2", unet::ops::Linear(config.mlp_width, config.width))) {}

torch::Tensor SwinBlockImpl::forward(torch::Tensor x, const torch::Tensor& mask) {
    auto h = norm1(x);
    if (shift_ > 0) h = torch::roll(h, {-shift_, -shift_}, {1, 2});
    const auto seen = attn(cut(h, window_), shift_ > 0 ? mask : torch::Tensor());
    h = joined(seen, window_, x.size(1), x.size(2));
    if (shift_ > 0) h = torch::roll(h, {shift_, shift_}, {1, 2});
    x = x + h;
    return x + fc2_(torch::gelu(fc1_(norm2(x))));
}

SwinGroupImpl::SwinGroupImpl(const SwinConfig& config, int64_t depth)
    : residual_group_(register_module("residual_group", std::make_shared<torch::nn::Module>())),
      conv(register_module("conv", unet::ops::conv3x3(config.width, config.width))) {
    for (int64_t i = 0; i < depth; ++i) {
        blocks_->push_back(SwinBlock(config, i % 2 == 0 ? 0 : config.window / 2));
    }
    residual_group_->register_module("blocks", blocks_);
}

torch::Tensor SwinGroupImpl::forward(const torch::Tensor& x, const torch::Tensor& mask) {
    auto h = x;
    for (const auto& block : *blocks_) h = block->as<SwinBlockImpl>()->forward(h, mask);
    return x + conv(h.permute({0, 3, 1, 2})).permute({0, 2, 3, 1});
}

}  // namespace diffusion::upscale
