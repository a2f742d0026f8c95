#pragma once

// SwinIR (Liang et al. 2021): transformers over windows that shift by half from block to block, with
// the head for real pictures (nearest neighbour and convolution).

#include <torch/nn/modules/container/modulelist.h>
#include <torch/nn/pimpl.h>

#include <vector>

#include "diffusion/upscale/upscaler.h"
#include "unet/ops/layers.h"

namespace diffusion::upscale {

struct SwinConfig {
    int64_t width = 180;
    int64_t heads = 6;
    int64_t window = 8;
    int64_t mlp_width = 360;
    std::vector<int64_t> depths{6, 6, 6, 6, 6, 6};  ///< blocks of each group
    int64_t head_width = 64;                        ///< channels behind the transformers
    int64_t doublings = 2;
    bool operator==(const SwinConfig&) const = default;
};

class SwinImpl : public Upscaler {
public:
    explicit SwinImpl(const SwinConfig& config);
    int64_t scale() const override { return int64_t{1} << config_.doublings; }
    torch::Tensor forward(const torch::Tensor& pixels) override;

private:
    torch::Tensor transform(const torch::Tensor& x);

    SwinConfig config_;
    unet::ops::Conv2d conv_first;
    std::shared_ptr<torch::nn::Module> patch_embed_;
    unet::ops::LayerNorm entry_norm_{nullptr};
    torch::nn::ModuleList layers;
    unet::ops::LayerNorm norm;
    unet::ops::Conv2d conv_after_body, before_upsample_;
    std::vector<unet::ops::Conv2d> conv_up_;
    unet::ops::Conv2d conv_hr, conv_last;
};
TORCH_MODULE(Swin);

}  // namespace diffusion::upscale
