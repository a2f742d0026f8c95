#pragma once

// Weights of a file, written anew: in another type, or in another order.

#include <torch/types.h>

#include <cstdint>
#include <vector>

#include "diffusion/checkpoint/tensor_table.h"

namespace diffusion::checkpoint {

struct WeightCopy {
    const TensorEntry* from = nullptr;
    torch::Tensor to;  ///< of the entry's sizes but for trailing ones
    bool drops_pages = true;  ///< the mapped pages are given back when it is done
};

/// Makes every copy, by all threads, from the mapped file straight into its place.
void copy_weights(const std::vector<WeightCopy>& copies);

/// Memory for a weight that stays, outside of what calculations share. is_channels_last: sizes has
/// four dimensions. Throws c10::OutOfMemoryError.
torch::Tensor new_weight(const std::vector<std::int64_t>& sizes, torch::Dtype dtype, bool is_channels_last);

}  // namespace diffusion::checkpoint
