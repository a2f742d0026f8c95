#pragma once

// Elementary functions that the compiler can turn into vector code: no branches, no calls, no errno.
// float32 accuracy within a few units in the last place.

#include <bit>
#include <cstdint>

namespace unet::ops {

/// e^x for |x| up to 87, clamped outside. Range reduction to 2^k e^r, |r| <= ln 2 / 2, and the
/// Taylor polynomial of degree 7, whose remainder there is below 1e-8.
inline float fast_exp(float x) {
    x = x < -87.0f ? -87.0f : x;
    x = x > 87.0f ? 87.0f : x;
    const float scaled = x * 1.44269504f;
    const auto k = static_cast<std::int32_t>(scaled + (scaled < 0 ? -0.5f : 0.5f));
    const auto kf = static_cast<float>(k);
    // ln 2 in two parts, so that the product with k loses nothing.
    const float r = (x - kf * 0.693359375f) + kf * 2.12194440e-4f;
    float p = 1.0f / 5040.0f;
    p = p * r + 1.0f / 720.0f;
    p = p * r + 1.0f / 120.0f;
    p = p * r + 1.0f / 24.0f;
    p = p * r + 1.0f / 6.0f;
    p = p * r + 0.5f;
    p = p * r + 1.0f;
    p = p * r + 1.0f;
    return p * std::bit_cast<float>((k + 127) << 23);
}

inline float fast_silu(float x) { return x / (1.0f + fast_exp(-x)); }

}  // namespace unet::ops
