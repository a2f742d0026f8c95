#pragma once

// diffusers' schedulers in terms of this room: the same sigmas, timesteps and start as the class
// would make, and the sampler that walks them. Most of its classes are samplers of the table in
// another coordinate (DDIM is Euler's step, DPM-Solver multistep is DPM++ 2M), so no algorithm is
// written twice.

#include <string>
#include <vector>

#include "diffusion/sampling/sampler.h"

namespace diffusion::sampling {

/// scheduler_config.json, the fields that matter; defaults are those of Stable Diffusion's configs.
struct DiffusersConfig {
    std::string scheduler = "EulerDiscreteScheduler";
    int num_train_timesteps = 1000;
    double beta_start = 0.00085;
    double beta_end = 0.012;
    std::string beta_schedule = "scaled_linear";
    std::string prediction_type = "epsilon";
    std::string timestep_spacing = "leading";
    int steps_offset = 1;
    bool use_karras_sigmas = false;
    bool use_exponential_sigmas = false;
    bool use_beta_sigmas = false;
    bool rescale_betas_zero_snr = false;
    bool set_alpha_to_one = false;
    std::string final_sigmas_type = "zero";
    std::string algorithm_type = "dpmsolver++";
    std::string solver_type = "midpoint";
    int solver_order = 2;
    bool lower_order_final = true;
    bool euler_at_final = false;
    int original_inference_steps = 50;
};

struct DiffusersRun {
    std::vector<double> timesteps;  ///< as scheduler.timesteps
    std::vector<double> sigmas;     ///< as scheduler.sigmas; empty where the class has none
    double init_noise_sigma = 1.0;

    Sampler sampler = nullptr;
    std::vector<double> run_sigmas;     ///< what the sampler walks
    std::vector<double> run_timesteps;  ///< for Denoiser::set_timesteps, with the first of these
    NoiseSchedule noise = NoiseSchedule::scaled_linear();  ///< for the Denoiser
    /// The class keeps x / sqrt(1 + sigma^2): multiply its latents by that root to get the sampler's
    /// x and divide to get them back.
    bool variance_preserving = false;
    int order = 0;  ///< for SamplerContext

    /// Factor of unit noise that gives the sampler's first x.
    double start_scale() const;
    /// Divides the sampler's x at this sigma to give the class's latents.
    double latent_scale(double sigma) const;
};

/// custom_timesteps: as given to the pipeline instead of a number of steps. Throws Error
/// (bad_request) naming the field for a class, spacing or option that is not known.
DiffusersRun diffusers_run(const DiffusersConfig& config, int steps,
                           const std::vector<int>& custom_timesteps = {});

}  // namespace diffusion::sampling
