#pragma once

// How noisy a training step is. A network was trained with 1000 noise levels; this table of them is
// the bridge between its index ("timestep") and the standard deviation of the noise relative to the
// clean latent ("sigma"), which is all that schedules and samplers speak of. Numbers are doubles on
// the host: no schedule ever waits for a device.

#include <span>
#include <vector>

namespace diffusion::sampling {

/// A1111's stand-in for an alpha of 0, the one its users' pictures were made with.
inline constexpr double a1111_terminal_alpha = 4.8973451890853435e-08;

class NoiseSchedule {
public:
    /// Betas whose square roots are linear: SD1, SD2, SDXL. With zero_terminal_snr the last level is
    /// (nearly) pure noise (Lin et al. 2023), as A1111 makes it: alpha 4.9e-8, sigma 4518.8.
    static NoiseSchedule scaled_linear(double beta_start = 0.00085, double beta_end = 0.012,
                                       int steps = 1000, bool zero_terminal_snr = false);

    /// Linear betas, for configurations that ask for them.
    static NoiseSchedule linear(double beta_start, double beta_end, int steps = 1000);

    /// Sigmas whose logarithms are linear, for networks trained on a continuous range of them.
    static NoiseSchedule log_uniform(double sigma_min, double sigma_max, int steps = 1000);

    /// Descending products of (1 - beta), each in (0, 1]. Throws Error (bad_request) if not so.
    static NoiseSchedule from_alphas_cumprod(std::vector<double> alphas_cumprod);

    /// The same levels rescaled so that the last one is terminal_alpha: 4.9e-8 for A1111, 2^-24 for
    /// diffusers' Euler; a level of exactly 0 has no finite sigma and is not representable here.
    NoiseSchedule with_zero_terminal_snr(double terminal_alpha) const;

    /// Products rounded to float32, as A1111's models keep them: 1.3e-5 of the smallest sigma.
    NoiseSchedule rounded_to_single() const;

    /// Levels rounded through float16, as A1111 before 1.7 kept them.
    NoiseSchedule downcast_to_half() const;

    int size() const { return static_cast<int>(sigmas_.size()); }

    std::span<const double> alphas_cumprod() const { return alphas_cumprod_; }

    std::span<const double> sigmas() const { return sigmas_; }

    std::span<const double> log_sigmas() const { return log_sigmas_; }

    double sigma_min() const { return sigmas_.front(); }

    double sigma_max() const { return sigmas_.back(); }

    /// Between two indices ln sigma is linear. Clamped to the table.
    double sigma_of(double timestep) const;

    /// Inverse of sigma_of, fractional; clamped to 0 and size() - 1.
    double timestep_of(double sigma) const;

    /// Index whose ln sigma is nearest: what ComfyUI and Forge give the network.
    int nearest_timestep(double sigma) const;

private:
    explicit NoiseSchedule(std::vector<double> alphas_cumprod);

    std::vector<double> alphas_cumprod_;
    std::vector<double> sigmas_;
    std::vector<double> log_sigmas_;
};

}  // namespace diffusion::sampling
