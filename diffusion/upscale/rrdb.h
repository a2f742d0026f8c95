#pragma once

// ESRGAN (Wang et al. 2018) and its kin: residual blocks of densely connected convolutions.

#include <torch/nn/modules/container/modulelist.h>
#include <torch/nn/pimpl.h>

#include "diffusion/upscale/upscaler.h"
#include "unet/ops/layers.h"

namespace diffusion::upscale {

struct RrdbConfig {
    int64_t in_channels = 3;  ///< 3; more: the picture is folded into blocks of pixels first
    int64_t width = 64;
    int64_t growth = 32;
    int64_t blocks = 23;
    int64_t doublings = 2;

    /// Side of the folded blocks: 1, 2 or 4.
    int64_t fold() const;
    bool operator==(const RrdbConfig&) const = default;
};

class RrdbImpl : public Upscaler {
public:
    explicit RrdbImpl(const RrdbConfig& config);
    int64_t scale() const override;
    torch::Tensor forward(const torch::Tensor& pixels) override;

private:
    RrdbConfig config_;
    unet::ops::Conv2d conv_first;
    torch::nn::ModuleList body;
    unet::ops::Conv2d conv_body;
    std::vector<unet::ops::Conv2d> conv_up_;
    unet::ops::Conv2d conv_hr{nullptr}, conv_last{nullptr};
};
TORCH_MODULE(Rrdb);

}  // namespace diffusion::upscale
