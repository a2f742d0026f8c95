#pragma once

// The lists of timesteps and sigmas that diffusers' classes compute. Internal to the room.

#include "diffusion/sampling/diffusers.h"

namespace diffusion::sampling {

/// Descending timesteps, with a sigma for each, before any class adds its ends.
struct SpacedSteps {
    std::vector<double> timesteps;
    std::vector<double> sigmas;
};

/// How a family of classes counts.
struct SpacingRules {
    bool counts_one_more = false;   ///< the solver family takes n of n + 1 points
    bool whole_timesteps = false;   ///< keeps integers, also where sigmas are converted
    bool rounds_converted = false;  ///< rounds the timesteps of Karras sigmas
    bool full_range = false;        ///< converts over the whole table, not over the steps chosen
};

/// The noise levels of the configuration; terminal_alpha replaces a last alpha of 0.
NoiseSchedule diffusers_noise(const DiffusersConfig& config, double terminal_alpha);

/// Throws Error (bad_request) for an unknown spacing.
SpacedSteps spaced_steps(const DiffusersConfig& config, int steps,
                         const std::vector<int>& custom_timesteps, const NoiseSchedule& noise,
                         const SpacingRules& rules);

/// The steps of a model distilled with `original_inference_steps`.
std::vector<double> consistency_timesteps(const DiffusersConfig& config, int steps);

/// Between whole timesteps sigma itself is linear here, not its logarithm.
double linear_sigma(const NoiseSchedule& noise, double timestep);

}  // namespace diffusion::sampling
