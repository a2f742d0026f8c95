#pragma once

// The samplers of the table, one function per algorithm, and the few formulas that several of them
// share. Internal to the room: everyone else goes through samplers().
//
// Notation of the sources: D denoised, d = (x - D) / sigma, lambda = -ln sigma, h = lambda' - lambda.

#include "diffusion/sampling/sampler.h"

namespace diffusion::sampling {

/// A step of an ancestral sampler goes down to `down` and adds noise of deviation `up`.
struct AncestralSplit {
    double down;
    double up;
};

AncestralSplit ancestral_split(double sigma, double sigma_next, double eta);

/// The slope of the probability-flow ODE, (x - denoised) / sigma.
torch::Tensor slope(const torch::Tensor& x, const torch::Tensor& denoised, double sigma);

/// Unit noise of the context in the type and on the device of x. Throws Error (internal) if the
/// context has no source.
torch::Tensor noise_like(const torch::Tensor& x, double sigma, double sigma_next,
                         const SamplerContext& context);

/// Karras et al. 2022, algorithm 2, lines 4 to 6: raises x and sigma by fresh noise.
struct Churned {
    torch::Tensor x;
    double sigma;
};

Churned churned(const torch::Tensor& x, double sigma, size_t step_count,
                const SamplerContext& context);

#define ATELIER_SAMPLER(name)                                                                \
    torch::Tensor name(const Denoiser& denoise, torch::Tensor x, std::span<const double> sigmas, \
                       const SamplerContext& context)

// euler.cpp
ATELIER_SAMPLER(sample_euler);
ATELIER_SAMPLER(sample_euler_ancestral);
ATELIER_SAMPLER(sample_ddim);
// heun.cpp
ATELIER_SAMPLER(sample_heun);
// dpmpp.cpp
ATELIER_SAMPLER(sample_dpmpp_2m);

#undef ATELIER_SAMPLER

}  // namespace diffusion::sampling
