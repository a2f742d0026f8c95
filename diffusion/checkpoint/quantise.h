#pragma once

#include <cstddef>
#include <span>

namespace diffusion::checkpoint {

/// Blocks of 32 values as a float16 scale and 32 signed bytes, rounded as ggml's reference does.
/// values: a multiple of 32; blocks: 34 bytes for each 32 of them.
void quantise_q8_0(std::span<const float> values, std::span<std::byte> blocks);

}  // namespace diffusion::checkpoint
