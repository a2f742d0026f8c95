#pragma once

#include <torch/types.h>

#include <cstdint>
#include <vector>

#include "diffusion/checkpoint/tensor_table.h"

namespace diffusion::checkpoint {

/// One tensor of a file that has to be written anew: in another type, or in another order.
struct WeightCopy {
    const TensorEntry* from = nullptr;
    std::vector<int64_t> sizes;  ///< the parameter's; the entry's but for trailing ones
    torch::Dtype dtype = torch::kFloat32;
    bool is_channels_last = false;  ///< sizes has four dimensions
    torch::Tensor to;  ///< set by copy_weights
};

/// Makes every copy, by all threads, from the mapped file straight into the final place: one block of
/// memory that the tensors share. A tensor's mapped pages are given back when it is done.
void copy_weights(std::vector<WeightCopy>& copies);

}  // namespace diffusion::checkpoint
