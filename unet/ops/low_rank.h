#pragma once

// A layer that learns a low-rank addition (Hu et al. 2021): it computes with W + scale * up down, whose
// sum is never made. Gradients go to the two factors and through the layer; W gets none, which leaves
// out a third of the work of a learning layer, and its memory.

#include <torch/types.h>

#include <memory>
#include <optional>
#include <utility>

#include "unet/ops/layers.h"

namespace unet::ops {

/// Stands in a layer's source: what it says of the weight is what the source before it said, if any.
class LowRankAddition : public WeightSource {
public:
    /// down [r, in(, kh, kw)], up [out, r(, 1, 1)].
    LowRankAddition(std::shared_ptr<const WeightSource> before, torch::Tensor down, torch::Tensor up,
                    double scale)
        : before_(std::move(before)), down_(std::move(down)), up_(std::move(up)), scale_(scale) {}

    bool stands_for(const torch::Tensor& weight) const override { return before_ && before_->stands_for(weight); }
    torch::Tensor read(torch::Dtype dtype) const override { return before_->read(dtype); }
    void let_go() const override { before_->let_go(); }
    std::optional<torch::Dtype> once() const override { return before_->once(); }

    const std::shared_ptr<const WeightSource>& before() const { return before_; }
    torch::Tensor down(torch::Dtype dtype) const { return down_.to(dtype); }
    torch::Tensor scaled_up(torch::Dtype dtype) const { return (up_ * scale_).to(dtype); }

private:
    std::shared_ptr<const WeightSource> before_;
    torch::Tensor down_, up_;
    double scale_;
};

}  // namespace unet::ops
