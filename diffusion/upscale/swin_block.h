#pragma once

#include <torch/nn/module.h>
#include <torch/nn/modules/container/modulelist.h>
#include <torch/nn/pimpl.h>

#include "diffusion/upscale/swin.h"

namespace diffusion::upscale {

/// Which of a window's positions may see each other once the map is rolled by half a window: those
/// that were neighbours before. [windows, 1, window^2, window^2], 0 or -100; sides are multiples of
/// window.
torch::Tensor shift_mask(int64_t height, int64_t width, int64_t window);

/// Attention within windows, with a learned bias for each distance.
class WindowAttentionImpl : public torch::nn::Module {
public:
    explicit WindowAttentionImpl(const SwinConfig& config);
    /// windows [B * n, window^2, width]; mask [n, 1, window^2, window^2] or undefined.
    torch::Tensor forward(const torch::Tensor& windows, const torch::Tensor& mask);

private:
    int64_t heads_;
    torch::Tensor relative_position_bias_table;  ///< [(2 window - 1)^2, heads]
    torch::Tensor index_;                        ///< row of the table for each pair of positions
    unet::ops::Linear qkv, proj;
};
TORCH_MODULE(WindowAttention);

class SwinBlockImpl : public torch::nn::Module {
public:
    /// shift: positions that the map is rolled by before it is cut into windows.
    SwinBlockImpl(const SwinConfig& config, int64_t shift);
    /// x [B, H, W, width], sides multiples of the window; mask as shift_mask gives it.
    torch::Tensor forward(torch::Tensor x, const torch::Tensor& mask);

private:
    int64_t window_, shift_;
    unet::ops::LayerNorm norm1, norm2;
    WindowAttention attn;
    std::shared_ptr<torch::nn::Module> mlp_;
    unet::ops::Linear fc1_, fc2_;
};
TORCH_MODULE(SwinBlock);

/// Blocks, a convolution, and the input added.
class SwinGroupImpl : public torch::nn::Module {
public:
    SwinGroupImpl(const SwinConfig& config, int64_t depth);
    torch::Tensor forward(const torch::Tensor& x, const torch::Tensor& mask);

private:
    std::shared_ptr<torch::nn::Module> residual_group_;
    torch::nn::ModuleList blocks_;
    unet::ops::Conv2d conv;
};
TORCH_MODULE(SwinGroup);

}  // namespace diffusion::upscale
