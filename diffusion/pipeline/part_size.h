#pragma once

// What a part's weights take in memory, from its headers.

#include <cstdint>

#include <torch/types.h>

#include "diffusion/checkpoint/tensor_table.h"

namespace diffusion::pipeline {

struct PartSize {
    std::int64_t wide = 0;     ///< bytes with every weight in the type it is used in
    std::int64_t mapped = 0;   ///< bytes that may stay in the file
    std::int64_t owned = 0;    ///< bytes of the rest, in the type it is used in
    std::int64_t largest = 0;  ///< bytes of the largest tensor that may stay
    std::int64_t file = 0;     ///< bytes that are read to load it

    PartSize& operator+=(const PartSize& other);
};

/// Whether load_models leaves the tensor in its file where weights are to stay narrow.
bool may_stay(const std::string& name, const checkpoint::TensorEntry& entry, torch::Dtype dtype);

/// can_stay: the part's layers widen their weights themselves.
PartSize part_size(const checkpoint::TensorTable& weights, torch::Dtype dtype, bool can_stay);

}  // namespace diffusion::pipeline
