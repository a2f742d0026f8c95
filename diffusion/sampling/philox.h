#pragma once

#include <array>
#include <cstdint>
#include <vector>

namespace diffusion::sampling {

/// Philox 4x32 with ten rounds (Salmon et al. 2011): four words for one counter and one key.
std::array<std::uint32_t, 4> philox(std::array<std::uint32_t, 4> counter, std::uint64_t key);

/// The normal numbers that torch.randn draws on an NVIDIA GPU: element i of the generator's
/// call-th draw.
float philox_normal(std::uint64_t seed, std::uint32_t call, std::uint32_t element);

}  // namespace diffusion::sampling
