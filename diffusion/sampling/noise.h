#pragma once

// Noise that repeats: one generator per picture, so that a batch draws bit for bit what its members
// draw alone, on the CPU whatever the device, in the streams that other programs use.

#include <torch/types.h>

#include <cstdint>
#include <memory>
#include <vector>

namespace diffusion::sampling {

/// cpu: PyTorch's CPU generator. nv: the stream of an NVIDIA GPU (Philox 4x32-10), computed here.
enum class NoiseStream { cpu, nv };

/// One stream of unit normal noise.
class NoiseGenerator {
public:
    virtual ~NoiseGenerator() = default;
    /// float32 on the CPU.
    virtual torch::Tensor normal(at::IntArrayRef shape) = 0;
};

std::unique_ptr<NoiseGenerator> noise_generator(NoiseStream stream, std::uint64_t seed);

/// Spherical interpolation as A1111 makes it: angles along dimension 1 of [C, H, W].
torch::Tensor slerp(double share, const torch::Tensor& low, const torch::Tensor& high);

struct ImageNoiseOptions {
    std::vector<std::uint64_t> seeds = {};            ///< one per picture
    std::vector<std::uint64_t> variation_seeds = {};  ///< empty, or one per picture
    double variation_strength = 0.0;             ///< 0..1 towards the variation seed's noise
    std::int64_t resize_from_height = 0;         ///< latent pixels; 0: off
    std::int64_t resize_from_width = 0;
    std::int64_t eta_noise_seed_delta = 0;       ///< "ENSD": added to the seeds after the first draw
    NoiseStream stream = NoiseStream::cpu;
};

/// seed, seed + 1, ... for a batch of `count`.
std::vector<std::uint64_t> batch_seeds(std::uint64_t seed, int count);

/// The noise of a batch of pictures (A1111's ImageRNG): the first draw is the initial noise (with
/// variation and resizing), every later one the noise of a sampler's step.
class ImageNoise {
public:
    /// shape: [C, H, W] of one latent. Throws Error (bad_request) if the seeds do not fit together.
    ImageNoise(ImageNoiseOptions options, std::vector<std::int64_t> shape);

    /// float32 [B, C, H, W] on the CPU.
    torch::Tensor next();

private:
    torch::Tensor first_of(std::size_t picture);

    ImageNoiseOptions options_;
    std::vector<std::int64_t> shape_;
    std::vector<std::unique_ptr<NoiseGenerator>> generators_;
    bool is_first_ = true;
};

}  // namespace diffusion::sampling
