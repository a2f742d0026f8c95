#pragma once

// The samplers of the table, one function per algorithm, and the few formulas that several of them
// share. Internal to the room: everyone else goes through samplers().
//
// Notation of the sources: D denoised, d = (x - D) / sigma, lambda = -ln sigma, h = lambda' - lambda,
// a prime for the end of the step.

#include <deque>

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

/// x with fresh noise of this deviation (times s_noise) for the step; x itself if it is 0.
torch::Tensor with_noise(const torch::Tensor& x, double deviation, double sigma, double sigma_next,
                         const SamplerContext& context);

/// Karras et al. 2022, algorithm 2, lines 4 to 6: raises x and sigma by fresh noise.
struct Churned {
    torch::Tensor x;
    double sigma;
};

Churned churned(const torch::Tensor& x, double sigma, size_t step_count,
                const SamplerContext& context);

/// Weights w with sum of w_j p(nodes_j) = integral of p for every polynomial p below the degree
/// nodes.size(), given the integrals of 1, t, t^2, ...: how multistep methods weigh their history.
std::vector<double> quadrature_weights(const std::vector<double>& nodes,
                                       const std::vector<double>& moments);

/// The slopes of up to four steps, newest first, extrapolated over an equal next step.
torch::Tensor adams_bashforth(const std::deque<torch::Tensor>& slopes);

/// Lu et al. 2022b, section 4: DPM-Solver++ multistep, the core of the 2M and 3M samplers.
struct MultistepOptions {
    int order = 2;                   ///< 1..3
    bool heun = false;               ///< how a second order step weighs the difference
    double eta = 0.0;                ///< 0: ODE, 1: SDE
    bool first_order_last = false;   ///< and, with order 3, second order before it
    bool euler_last = false;         ///< first order in the last step only
};

torch::Tensor dpmpp_multistep(const Denoiser& denoise, torch::Tensor x,
                              std::span<const double> sigmas, const SamplerContext& context,
                              const MultistepOptions& options);

/// Zhao et al. 2023: UniPC with data prediction.
struct UniPCOptions {
    bool bh2 = false;
    int order = 3;
    bool lower_order_final = true;
};

torch::Tensor unipc(const Denoiser& denoise, torch::Tensor x, std::span<const double> sigmas,
                    const SamplerContext& context, const UniPCOptions& options);

// Every sampler has the signature of Sampler.
using SamplerFunction = torch::Tensor(const Denoiser& denoise, torch::Tensor x,
                                      std::span<const double> sigmas,
                                      const SamplerContext& context);

// euler.cpp
SamplerFunction sample_euler;
SamplerFunction sample_euler_ancestral;
SamplerFunction sample_euler_cfg_pp;
SamplerFunction sample_euler_ancestral_cfg_pp;
SamplerFunction sample_ddim;
SamplerFunction sample_ddim_cfg_pp;
SamplerFunction sample_ddpm;
// heun.cpp
SamplerFunction sample_heun;
SamplerFunction sample_heunpp2;
SamplerFunction sample_restart;
// dpm.cpp
SamplerFunction sample_dpm_2;
SamplerFunction sample_dpm_2_ancestral;
SamplerFunction sample_dpm_fast;
SamplerFunction sample_dpm_adaptive;
// dpmpp.cpp
SamplerFunction sample_dpmpp_2m;
SamplerFunction sample_dpmpp_2m_sde;
SamplerFunction sample_dpmpp_2m_sde_heun;
SamplerFunction sample_dpmpp_3m_sde;
SamplerFunction sample_dpmpp_2m_cfg_pp;
// dpmpp_single.cpp
SamplerFunction sample_dpmpp_2s_ancestral;
SamplerFunction sample_dpmpp_2s_ancestral_cfg_pp;
SamplerFunction sample_dpmpp_sde;
// adams.cpp
SamplerFunction sample_lms;
SamplerFunction sample_plms;
SamplerFunction sample_ipndm;
SamplerFunction sample_ipndm_v;
// deis.cpp
SamplerFunction sample_deis;
// unipc.cpp
SamplerFunction sample_unipc;
SamplerFunction sample_unipc_bh2;
// consistency.cpp
SamplerFunction sample_lcm;
SamplerFunction sample_tcd;
// res_multistep.cpp
SamplerFunction sample_res_multistep;
SamplerFunction sample_res_multistep_ancestral;
SamplerFunction sample_res_multistep_cfg_pp;
SamplerFunction sample_res_multistep_ancestral_cfg_pp;
// gradient_estimation.cpp
SamplerFunction sample_gradient_estimation;
SamplerFunction sample_gradient_estimation_cfg_pp;
// er_sde.cpp, seeds.cpp, sa_solver.cpp
SamplerFunction sample_er_sde;
SamplerFunction sample_seeds_2;
SamplerFunction sample_seeds_3;
SamplerFunction sample_sa_solver;
SamplerFunction sample_sa_solver_pece;

}  // namespace diffusion::sampling
