#pragma once

// diffusers' schedulers in terms of this room: the sigmas, timesteps and start that the class would
// make, and the sampler that walks them. Most of its classes are samplers of the table in another
// coordinate (DDIM is Euler's step, DPM-Solver multistep is DPM++ 2M), so hardly an algorithm is
// written twice.

#include <functional>
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

/// One run of a scheduler: what its set_timesteps computes, and how to walk it.
struct DiffusersRun {
    std::vector<double> timesteps;  ///< as scheduler.timesteps: one per call of the network
    std::vector<double> sigmas;     ///< as scheduler.sigmas; empty where the class has none
    double init_noise_sigma = 1.0;  ///< latents = unit noise * this
    NoiseSchedule noise = NoiseSchedule::scaled_linear();  ///< for the Denoiser

    /// From the class's own latents at the start to its latents at the end. on_step is called as
    /// scheduler.step returns: once per call of the network, with the class's latents and with
    /// denoised as x0. Noise is drawn with context.noise; of the knobs, eta, s_churn, s_tmin, s_tmax
    /// and s_noise are the arguments of scheduler.step, the others come from the configuration.
    /// After every call the held part of the latents is put back, noised as the next call expects it.
    torch::Tensor sample(Denoiser denoise, torch::Tensor latents, SamplerContext context,
                         const HeldRegion& held = {}) const;

    /// The run from step first_index of its steps (not calls) on, for image to image: latents are
    /// then noised at start_sigma().
    DiffusersRun from_step(int first_index) const;

    /// Its first step_count steps, after which another model may go on.
    DiffusersRun until_step(int step_count) const;

    /// How many of its steps lie in the first `share` of the noise levels, counted in training steps:
    /// where one model hands over to another (denoising_end of the first, denoising_start of the
    /// second).
    int steps_before(double share) const;

    /// Noise level at which the run starts: latents = signal_scale * (clean + start_sigma * noise).
    double start_sigma() const { return walk.front(); }

    /// sqrt(alpha) at the start; 1 unless variance_preserving.
    double signal_scale() const;

    std::function<torch::Tensor(const Denoiser&, torch::Tensor, std::span<const double>,
                                const SamplerContext&)>
        sampler;
    std::vector<double> walk;            ///< sigmas that the sampler walks
    std::vector<double> walk_timesteps;  ///< the network's timestep for each of them but the last
                                         ///< (PNDM: both lists have an entry for each call)
    /// Where every step may start at another noise level than the one before ended (DDIM counts back
    /// from each timestep): the ends. Empty: walk is one descent.
    std::vector<double> step_ends;
    bool variance_preserving = false;  ///< the class keeps x / sqrt(1 + sigma^2)
};

/// custom_timesteps: as given to the pipeline instead of a number of steps. Throws Error
/// (bad_request) naming the field for a class, spacing or option that is not known.
DiffusersRun diffusers_run(const DiffusersConfig& config, int steps,
                           const std::vector<int>& custom_timesteps = {});

}  // namespace diffusion::sampling
