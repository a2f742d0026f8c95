#pragma once

// What diffusers' classes do differently from the samplers of the table. Internal to the room.

#include "diffusion/sampling/algorithms.h"

namespace diffusion::sampling {

/// Euler whose network sees x before churn noise is added.
SamplerFunction diffusers_euler;

/// LCM with the boundary conditions of consistency models (Luo et al. 2023, eq. 7).
SamplerFunction diffusers_lcm;

/// PLMS with a sigma for each call of the network, whose steps end at `ends`, which need not be where
/// the next ones start: the class reads the same scaled latents at another level then. The second
/// call only corrects the first step, taken again from one stride (training steps) above its own
/// timestep.
torch::Tensor diffusers_plms(const Denoiser& denoise, torch::Tensor x,
                             std::span<const double> sigmas, std::span<const double> ends,
                             int stride);

/// DPM-Solver++(2S) over the given sigmas: every second one is the middle of a step.
torch::Tensor diffusers_singlestep(const Denoiser& denoise, torch::Tensor x,
                                   std::span<const double> sigmas, const SamplerContext& context,
                                   int order, bool heun);

/// DEIS with slopes extrapolated in ln sigma; closed form.
torch::Tensor diffusers_deis(const Denoiser& denoise, torch::Tensor x,
                             std::span<const double> sigmas, const SamplerContext& context,
                             int max_order, bool lowers_order);

}  // namespace diffusion::sampling
