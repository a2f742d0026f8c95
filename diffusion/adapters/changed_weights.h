#pragma once

// Which weights adapters would change, from headers alone.

#include "diffusion/adapters/patch.h"

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace diffusion::adapters {

/// Names of weights by part. tables: what the model's file has of each part, text encoders in their
/// order. Throws Error as open_adapter does.
std::map<checkpoint::Part, std::set<std::string>> changed_weights(
    const std::vector<AdapterUse>& uses,
    const std::vector<std::pair<checkpoint::Part, const checkpoint::TensorTable*>>& tables);

}  // namespace diffusion::adapters
