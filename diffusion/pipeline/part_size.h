#pragma once

// What a part's weights take in memory, from its headers.

#include <cstdint>
#include <set>
#include <string>

#include <torch/types.h>

#include "diffusion/checkpoint/tensor_table.h"

namespace diffusion::pipeline {

struct PartSize {
    std::int64_t wide = 0;     ///< bytes with every weight in the type it is used in
    std::int64_t mapped = 0;   ///< bytes that may stay in the file
    std::int64_t owned = 0;    ///< bytes of the rest, in the type it is used in
    std::int64_t largest = 0;  ///< bytes of the largest tensor that may stay
    std::int64_t file = 0;     ///< bytes that are read to load it
    std::int64_t changed = 0;  ///< bytes of an adapter's weights beside the originals, in the type in use
    std::int64_t changed_narrow = 0;  ///< bytes of these where weights stay in the file

    PartSize& operator+=(const PartSize& other);
};

/// Whether load_models leaves the tensor in its file until a layer makes its weight of it.
bool stays_until_used(const std::string& name, const checkpoint::TensorEntry& entry);

/// Whether it stays for good where weights are to stay narrow: the layer makes its weight for each call.
bool may_stay(const std::string& name, const checkpoint::TensorEntry& entry, torch::Dtype dtype);

/// can_stay: the part's layers make their weights themselves; changed: weights that adapters change.
PartSize part_size(const checkpoint::TensorTable& weights, torch::Dtype dtype, bool can_stay,
                   const std::set<std::string>& changed = {});

}  // namespace diffusion::pipeline
