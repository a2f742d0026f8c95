#pragma once

// SRVGG, the small network of Real-ESRGAN for video: convolutions at the picture's own size, and the
// enlarged picture added at the end (Wang et al. 2021).

#include <torch/nn/pimpl.h>

#include <vector>

#include "diffusion/upscale/upscaler.h"
#include "unet/ops/layers.h"

namespace diffusion::upscale {

struct CompactConfig {
    int64_t width = 64;
    int64_t convolutions = 16;  ///< between the first and the last
    int64_t scale = 4;
    bool operator==(const CompactConfig&) const = default;
};

class CompactImpl : public Upscaler {
public:
    explicit CompactImpl(const CompactConfig& config);
    int64_t scale() const override { return config_.scale; }
    torch::Tensor forward(const torch::Tensor& pixels) override;

private:
    CompactConfig config_;
    std::vector<unet::ops::Conv2d> convs_;
    std::vector<torch::Tensor> slopes_;  ///< one per channel, behind all convolutions but the last
};
TORCH_MODULE(Compact);

}  // namespace diffusion::upscale
