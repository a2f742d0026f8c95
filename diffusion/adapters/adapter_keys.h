#pragma once

#include <optional>
#include <string>

namespace diffusion::adapters {

/// A key of an adapter file taken apart. factor is a short name that is the same for all trainers:
/// "down", "up", "mid", "up_bias", "alpha", "dora_scale", "hada_w1_a" ... "hada_t2", "lokr_w1" ...
/// "lokr_t2", "a1", "a2", "b1", "b2", "ia3", "on_input", "diff", "diff_b", "w_norm", "b_norm",
/// "set_weight", "oft_blocks", "oft_diag", "rescale", "bias_indices", "bias_values", "bias_size".
struct AdapterKey {
    std::string module;  ///< as the file spells it, prefix included
    std::string factor;
};

/// Empty for a key that is no part of an adapter. "ia3" is what a plain ".weight" gives: the caller
/// knows whether the module has "on_input" too.
std::optional<AdapterKey> split_adapter_key(const std::string& key);

}  // namespace diffusion::adapters
