#pragma once

// Noise of the SDE samplers: increments of one Brownian path per picture, the same at every step
// count, as torchsde's BrownianTree makes it inside k-diffusion.

#include <torch/types.h>

#include <cstdint>
#include <span>
#include <vector>

#include "diffusion/sampling/noise.h"

namespace diffusion::sampling {

/// numpy's SeedSequence(entropy, spawn_key=..., pool_size=...).generate_state(count).
std::vector<std::uint32_t> seed_sequence_state(std::uint64_t entropy,
                                               std::span<const std::uint64_t> spawn_key,
                                               std::size_t pool_size, std::size_t count);

/// Six decimals, as decimal notation rounds: 2.5e-6 becomes 3e-6 because the binary number is above.
double round_to_six_decimals(double value);

class BrownianNoise {
public:
    /// shape: [C, H, W] of one latent; sigma_min: smallest positive sigma of the run.
    BrownianNoise(std::vector<std::uint64_t> seeds, std::vector<std::int64_t> shape,
                  double sigma_min, double sigma_max, NoiseStream stream = NoiseStream::cpu);

    /// Unit normal float32 [B, C, H, W] on the CPU: the path's increment over the interval, divided
    /// by the square root of its length. Does not depend on earlier calls.
    torch::Tensor operator()(double sigma, double sigma_next) const;

private:
    torch::Tensor increment(std::uint64_t seed, double from, double to) const;

    std::vector<std::uint64_t> seeds_;
    std::vector<std::int64_t> shape_;
    double start_;
    double end_;
    NoiseStream stream_;
};

}  // namespace diffusion::sampling
