#pragma once

// From the words of a request (sampler, schedule, steps, compatibility) to the numbers that a
// sampler walks.

#include <torch/types.h>

#include <functional>
#include <string>
#include <vector>

#include "diffusion/checkpoint/model_family.h"
#include "diffusion/request.h"
#include "diffusion/sampling/denoiser.h"
#include "diffusion/sampling/held_region.h"
#include "diffusion/sampling/noise_schedule.h"
#include "diffusion/sampling/sampler.h"

namespace diffusion::pipeline {

struct SamplingSetup {
    std::string sampler_name;   ///< the table's name, whatever alias was asked for
    std::string schedule_name;  ///< what Automatic became
    /// From the first latent to the last one, a call of on_step for each step; what is held stays.
    std::function<torch::Tensor(const sampling::Denoiser&, const torch::Tensor& x,
                                const sampling::SamplerContext&, const sampling::HeldRegion& held)>
        sample;
    sampling::SamplerContext knobs;     ///< still without noise and on_step
    sampling::DenoiserOptions denoise;  ///< prediction, guidance and rounding; still without stop
    int step_count = 0;  ///< 0: a given picture stays as it is
    int call_count = 0;  ///< calls of the network in a whole schedule, as prompts count them
    int calls_per_step = 1;         ///< of those in step_count
    std::vector<double> sigmas;     ///< that it walks
    std::vector<double> timesteps;  ///< of sigmas, where a list of timesteps made them; else empty
    sampling::NoiseSchedule noise = sampling::NoiseSchedule::scaled_linear();
    double start_scale = 1.0;  ///< factor of unit noise in the first latent
    double start_signal = 0.0; ///< factor of the given picture's latent in it; 0: from noise alone
    int typed_steps = 0;       ///< of a schedule that was typed; 0: the request's own
    bool holds_input = false;  ///< what is held goes to the network as it is at its noise level
    bool follows_diffusers = false;
    bool needs_unconditional = false;
    bool brownian = false;        ///< its noise comes from a tree between these two
    double lowest_sigma = 0.0;
    double highest_sigma = 0.0;
};

/// With an initial image it is the part of the schedule that denoise_strength leaves.
/// Throws Error (bad_request) that names the field: sampler, schedule, compatibility, or one that the
/// profile has nothing for.
SamplingSetup setup_sampling(const GenerationRequest& request,
                             const checkpoint::SchedulerConfig& config, bool is_sdxl);

}  // namespace diffusion::pipeline
