#pragma once

// Gradient checkpointing (Chen et al. 2016): training remembers what goes into a block and computes its
// inside again when the gradients come back.

#include <torch/types.h>

#include <functional>
#include <vector>

namespace unet::ops {

/// While one lives, networks on this thread that are run with gradients keep nothing from inside their
/// blocks. A backward pass takes about a forward pass longer; its gradients are the same up to the order
/// of their sums.
class Recompute {
public:
    Recompute();
    ~Recompute();
    Recompute(const Recompute&) = delete;
    Recompute& operator=(const Recompute&) = delete;

    static bool is_on();
};

/// What a block computes of its map, the time and the text (undefined where it reads none).
using Block = std::function<torch::Tensor(const torch::Tensor& x, const torch::Tensor& time,
                                          const torch::Tensor& context)>;

/// block(x, time, context), computed again in the backward pass while a Recompute lives and gradients are
/// recorded. block may use weights that learn. It must outlive the graph, and give the same again.
torch::Tensor recomputed(const Block& block, const torch::Tensor& x, const torch::Tensor& time,
                         const torch::Tensor& context);

}  // namespace unet::ops
