#include "diffusion/checkpoint/quantise.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <cstring>

namespace diffusion::checkpoint {

namespace {

constexpr std::size_t block_values = 32;
constexpr std::size_t block_bytes = 34;

/// Rounds to the nearest float16, ties to even; the scales are never negative or NaN.
std::uint16_t half_of(float value) {
    const auto bits = std::bit_cast<std::uint32_t>(value);
    constexpr std::uint32_t smallest_normal = 113u << 23;  // 2^-14
    constexpr std::uint32_t overflow = 0x477FF000;         // rounds up to 65536
    if (bits >= overflow) return 0x7C00;
    if (bits < smallest_normal) {
        // Adding 0.5 shifts the fraction to its place, and the addition rounds it.
        return static_cast<std::uint16_t>(std::bit_cast<std::uint32_t>(value + 0.5f) - 0x3F000000u);
    }
    const std::uint32_t round = 0xFFF + (bits >> 13 & 1);
    return static_cast<std::uint16_t>((bits - (112u << 23) + round) >> 13);
}

}  // namespace

void quantise_q8_0(std::span<const float> values, std::span<std::byte> blocks) {
    for (std::size_t i = 0; i < values.size() / block_values; ++i) {
        const auto block = values.subspan(i * block_values, block_values);
        float largest = 0;
        for (const auto value : block) largest = std::max(largest, std::abs(value));
        const float scale = largest / 127;
        const float inverse = scale != 0 ? 1 / scale : 0;
        auto* out = blocks.data() + i * block_bytes;
        const auto half = half_of(scale);
        std::memcpy(out, &half, sizeof(half));
        for (std::size_t j = 0; j < block_values; ++j) {
            out[2 + j] = static_cast<std::byte>(static_cast<std::int8_t>(std::round(block[j] * inverse)));
        }
    }
}

}  // namespace diffusion::checkpoint
