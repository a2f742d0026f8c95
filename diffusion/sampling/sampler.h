#pragma once

// A sampler takes a latent from the first sigma of a schedule to the last one, asking a Denoiser for
// its estimate of the clean latent on the way. It is one function and one row of samplers(): the
// window, the command line, the API and the metadata read the table. All samplers work on latents
// whose noise has standard deviation sigma (the signal is never scaled down) and keep the type of x.

#include <torch/types.h>

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "diffusion/sampling/denoiser.h"

namespace diffusion::sampling {

/// What a finished step shows: x after it (at the next sigma), denoised as it was at sigma.
struct Step {
    int index;
    double sigma;
    torch::Tensor x;
    torch::Tensor denoised;
};

/// Unit normal noise shaped like the latent, for the step from sigma to sigma_next. Sources that
/// draw in sequence ignore both numbers; a Brownian tree answers by them.
using NoiseSource = std::function<torch::Tensor(double sigma, double sigma_next)>;

/// Everything a sampler may use beside the latent. A knob that a sampler's row does not name has no
/// effect on it.
struct SamplerContext {
    std::function<void(const Step&)> on_step = [](const Step&) {};
    NoiseSource noise;  ///< needed by rows with uses_noise, and where s_churn is set
    double eta = -1.0;  ///< share of fresh noise; negative: the row's own default
    double s_churn = 0.0;
    double s_tmin = 0.0;
    double s_tmax = 1e300;
    double s_noise = 1.0;
    int order = 0;                  ///< 0: the sampler's own default
    bool lower_order_final = true;  ///< UniPC: lower the order over the last steps
    double rtol = 0.05;             ///< DPM adaptive
    double atol = 0.0078;           ///< DPM adaptive

    double eta_or(double own_default) const { return eta < 0 ? own_default : eta; }
};

/// x: latent [B, C, H, W] at noise level sigmas.front(); returns it at sigmas.back(). sigmas
/// descend; the last may be 0.
using Sampler = torch::Tensor (*)(const Denoiser& denoise, torch::Tensor x,
                                  std::span<const double> sigmas, const SamplerContext& context);

/// One line of the table.
struct SamplerRow {
    std::string name;                  ///< A1111's label where it has one
    std::vector<std::string> aliases = {};  ///< spellings of k-diffusion, ComfyUI, A1111, diffusers
    Sampler run = nullptr;
    std::string schedule = "Uniform";  ///< what "Automatic" means for it
    bool uses_noise = false;           ///< draws noise with the default eta
    bool brownian = false;             ///< its noise should come from a Brownian tree
    bool needs_unconditional = false;  ///< CFG++: asks for the unconditional half at any guidance
    bool discard_penultimate = false;  ///< A1111 and ComfyUI drop the sigma before the last
    bool own_timesteps = false;        ///< A1111 runs it on a list of timesteps, see schedule.h
    int calls_per_step = 1;            ///< network calls, except in a step to 0
    /// Fields of a request that change its result, of those that only some samplers use.
    std::vector<std::string> fields = {};
    double guidance_divisor = 1.0;     ///< guidance is typed so many times larger than it is used
};

const std::vector<SamplerRow>& samplers();

/// By name or alias, upper or lower case. A label that ends in a schedule's name ("DPM++ 2M
/// Karras") is not a sampler's name: see split_legacy_name. Throws Error (bad_request) that names
/// the field `sampler`, what was found and the nearest known names.
const SamplerRow& find_sampler(std::string_view name);

/// "DPM++ 2M Karras" -> {"DPM++ 2M", "Karras"}; a plain name comes back with an empty schedule.
struct SamplerAndSchedule {
    std::string sampler;
    std::string schedule;
};

SamplerAndSchedule split_legacy_name(std::string_view name);

}  // namespace diffusion::sampling
