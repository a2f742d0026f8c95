#pragma once

#include <cstdint>
#include <filesystem>

namespace bench {

/// Writes a whole Stable Diffusion 1.5 as a diffusers folder with seeded Gaussian float16 weights,
/// scaled so that activations stay of order one: every program can be timed on the same file where
/// no trained checkpoint is at hand. The pictures it makes mean nothing.
void write_random_sd1(const std::filesystem::path& folder, std::uint64_t seed);

}  // namespace bench
