#pragma once

// Numbers for chance that depend on nothing but a place: what step 1200 draws is the same whether
// training ran through or was stopped and taken up again.

#include <cstdint>

namespace diffusion::training {

/// SplitMix64 (Steele, Lea and Flood 2014): a well-mixed number for each input.
constexpr std::uint64_t mix(std::uint64_t x) {
    x += 0x9e3779b97f4a7c15ULL;
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ULL;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebULL;
    return x ^ (x >> 31);
}

constexpr std::uint64_t mix(std::uint64_t a, std::uint64_t b) { return mix(mix(a) ^ b); }

/// A stream of such numbers, for the draws within one place.
class Chance {
public:
    explicit Chance(std::uint64_t seed) : state_(seed) {}
    std::uint64_t next() { return mix(state_++); }
    /// 0 <= x < 1
    double share() { return static_cast<double>(next() >> 11) * 0x1.0p-53; }
    /// 0 <= x < count; count > 0
    std::uint64_t below(std::uint64_t count) { return next() % count; }

private:
    std::uint64_t state_;
};

}  // namespace diffusion::training
