#include "diffusion/sampling/philox.h"

#include <cmath>

namespace diffusion::sampling {

std::array<std::uint32_t, 4> philox(std::array<std::uint32_t, 4> counter, std::uint64_t key) {
    auto low = static_cast<std::uint32_t>(key);
    auto high = static_cast<std::uint32_t>(key >> 32);
    for (int round = 0; round < 10; ++round) {
        const std::uint64_t first = 0xD2511F53ull * counter[0];
        const std::uint64_t second = 0xCD9E8D57ull * counter[2];
        counter = {static_cast<std::uint32_t>(second >> 32) ^ counter[1] ^ low,
                   static_cast<std::uint32_t>(second),
                   static_cast<std::uint32_t>(first >> 32) ^ counter[3] ^ high,
                   static_cast<std::uint32_t>(first)};
        low += 0x9E3779B9u;
        high += 0xBB67AE85u;
    }
    return counter;
}

float philox_normal(std::uint64_t seed, std::uint32_t call, std::uint32_t element) {
    // Box-Muller with curand's constants: 2^-32 and 2^-32 * 2 pi as floats, taken to double.
    constexpr double unit = 2.3283064e-10f;
    constexpr double turn = 2.3283064e-10f * 6.2831855f;
    const auto words = philox({call, 0, element, 0}, seed);
    const double u = words[0] * unit + unit / 2;
    const double v = words[1] * turn + turn / 2;
    return static_cast<float>(std::sqrt(-2.0 * std::log(u)) * std::sin(v));
}

}  // namespace diffusion::sampling
