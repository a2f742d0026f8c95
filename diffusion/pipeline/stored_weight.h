#pragma once

#include <torch/types.h>

#include <cstdint>
#include <optional>
#include <vector>

#include "diffusion/checkpoint/tensor_table.h"
#include "unet/ops/layers.h"

namespace diffusion::pipeline {

/// A layer's weight as a file has it: in a narrower type, in blocks of GGUF, or in another order.
class StoredWeight : public unet::ops::WeightSource {
public:
    /// parameter: what load_weights left in the layer; sizes: the layer's own; once: the type that the
    /// layer's first call makes it for good, or none: it is made for each call.
    StoredWeight(const checkpoint::TensorEntry& entry, const torch::Tensor& parameter,
                 std::vector<std::int64_t> sizes, std::optional<torch::Dtype> once);

    /// False where the layer can use the parameter as it lies.
    bool is_needed() const;

    bool stands_for(const torch::Tensor& weight) const override;
    torch::Tensor read(torch::Dtype dtype) const override;
    void let_go() const override;
    std::optional<torch::Dtype> once() const override { return once_; }

    void stream(bool streams) { streams_ = streams; }
    /// Bytes that the weight takes when it has been read once.
    std::int64_t bytes() const;
    double seconds() const { return seconds_; }

private:
    torch::Tensor make(torch::Dtype dtype) const;

    checkpoint::TensorEntry entry_;
    torch::Tensor as_it_lies_;  ///< undefined where its elements mean nothing alone
    const void* place_;
    std::vector<std::int64_t> sizes_;
    std::optional<torch::Dtype> once_;
    bool streams_ = false;
    mutable double seconds_ = 0;  ///< that reading once took
};

}  // namespace diffusion::pipeline
