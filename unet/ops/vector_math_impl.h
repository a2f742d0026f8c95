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

/// Short vectors; loads and stores need no alignment beyond a number's.
template <int Lanes>
struct Vectors {
    typedef float Floats __attribute__((vector_size(Lanes * 4), aligned(4), may_alias));
    typedef std::int32_t Integers __attribute__((vector_size(Lanes * 4), aligned(4), may_alias));
};

/// 2^x for x in -100 ... 0 in each lane, clamped below.
/// Minimax polynomial of degree 5 on |r| <= 1/2; relative error below 2e-7. NaN stays NaN.
template <int Lanes>
[[gnu::always_inline]] inline void fast_exp2(typename Vectors<Lanes>::Floats& x) {
    using Floats = typename Vectors<Lanes>::Floats;
    using Integers = typename Vectors<Lanes>::Integers;
    const Floats zero{};
    x = x < zero - 100.0f ? zero - 100.0f : x;
    // Adding 1.5 * 2^23 rounds to an integer; with 127 more its low bits are the exponent of 2^k.
    constexpr float shift = 12582912.0f + 127.0f;
    const Floats k = x + shift;
    const Floats r = x - (k - shift);
    Floats p = r * 0.0013264727f + 0.009671513f;
    p = p * r + 0.055507336f;
    p = p * r + 0.24022242f;
    p = p * r + 0.693147f;
    p = p * r + 1.0f;
    x = p * reinterpret_cast<Floats>(reinterpret_cast<Integers>(k) << 23);
}

inline float fast_silu(float x) { return x / (1.0f + fast_exp(-x)); }

}  // namespace unet::ops
