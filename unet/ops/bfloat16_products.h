#pragma once

// Mixed precision in training (Micikevicius et al. 2018, with the bfloat16 of Kalamkar et al. 2019).

#include <torch/types.h>

namespace unet::ops {

/// While one lives, the linear layers and convolutions that networks on this thread compute of float32 maps
/// multiply in bfloat16, forward and, whenever it comes, backward, and add up in float32. Maps, weights,
/// norms, attention and gradients stay float32; a map keeps about three digits. Only processors and GPUs
/// with such products gain: AVX512-BF16, AMX, tensor cores.
class Bfloat16Products {
public:
    Bfloat16Products();
    ~Bfloat16Products();
    Bfloat16Products(const Bfloat16Products&) = delete;
    Bfloat16Products& operator=(const Bfloat16Products&) = delete;

    /// True where a product of this map is to be rounded.
    static bool are_on_for(const torch::Tensor& x);
};

/// Rounded to bfloat16; undefined stays undefined.
torch::Tensor bfloat16_of(const torch::Tensor& x);

}  // namespace unet::ops
