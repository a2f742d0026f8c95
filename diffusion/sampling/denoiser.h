#pragma once

// (x, sigma) -> denoised: everything model-specific that a sampler must not know - scaling of the
// input, prediction type, timestep, guidance, cancelling - around any callable that predicts.

#include <torch/types.h>

#include <functional>
#include <map>
#include <span>
#include <stop_token>

#include "diffusion/sampling/held_region.h"
#include "diffusion/sampling/noise_schedule.h"
#include "diffusion/sampling/prediction.h"

namespace diffusion::sampling {

/// The network's outputs for one latent. unconditional stays undefined where nobody needs it
/// (guidance_scale 1, and the sampler's row does not say needs_unconditional).
struct Predictions {
    torch::Tensor conditional;
    torch::Tensor unconditional;
};

/// x_in: the latent scaled for the network, [B, C, H, W] in the sampler's type.
/// timestep: [B] on the device of x_in, float32 (float64 if x_in is); fractional unless
/// rounded_timesteps is set.
using Predictor =
    std::function<Predictions(const torch::Tensor& x_in, const torch::Tensor& timestep)>;

struct DenoiserOptions {
    PredictionType prediction = PredictionType::epsilon;
    double guidance_scale = 1.0;
    double guidance_rescale = 0.0;   ///< 0..1, on the raw prediction (diffusers' guidance_rescale)
    bool log_timesteps = false;      ///< ln(sigma) / 4 instead of an index (Karras et al. 2022)
    bool rounded_timesteps = false;  ///< nearest training index, as ComfyUI and Forge
    bool rescales_v = false;         ///< guidance_rescale on v, whatever the network predicts (ComfyUI)
    /// Where the predictor leaves the unconditional half out, both() gives the conditional one twice.
    bool conditional_stands_in = false;
    int distilled_steps = 0;         ///< LCM in A1111's way: 50, the steps it was distilled from
    std::stop_token stop = {};       ///< checked before every call of the predictor
    std::function<void(double sigma)> on_call = {};  ///< called before it; may be empty
};

/// Both results of one evaluation, in the type of x. unconditional is undefined if not predicted.
struct Denoised {
    torch::Tensor guided;
    torch::Tensor unconditional;
};

class Denoiser {
public:
    Denoiser(Predictor predictor, NoiseSchedule schedule, DenoiserOptions options);

    /// Around a function that is a denoiser already (tests, analytic targets).
    explicit Denoiser(std::function<torch::Tensor(const torch::Tensor& x, double sigma)> denoise,
                      std::stop_token stop = {});

    /// The same with its unconditional half, for samplers of the CFG++ kind.
    explicit Denoiser(std::function<Denoised(const torch::Tensor& x, double sigma)> denoise,
                      std::stop_token stop = {},
                      NoiseSchedule schedule = NoiseSchedule::scaled_linear());

    /// Guided estimate of the clean latent. Throws Cancelled when the job was stopped.
    torch::Tensor operator()(const torch::Tensor& x, double sigma) const;

    /// Guided and unconditional estimate of one evaluation; fails where the predictor gives no
    /// unconditional prediction.
    Denoised both(const torch::Tensor& x, double sigma) const;

    /// Whatever the predictor gives; the two forms above are built on it.
    Denoised evaluate(const torch::Tensor& x, double sigma) const;

    /// From here on a sigma that is (exactly) in the list goes to the network as its timestep; other
    /// sigmas as before. For schedules that are made from timesteps.
    void set_timesteps(std::span<const double> sigmas, std::span<const double> timesteps);

    /// From here on every guided estimate has the held part as it was given (A1111's inpainting).
    void hold(HeldRegion held) { held_ = std::move(held); }

    /// What the network is told for this sigma.
    double timestep_of(double sigma) const;

    const NoiseSchedule& schedule() const { return schedule_; }

private:
    Denoised predict(const torch::Tensor& x, double sigma) const;
    torch::Tensor with_rescale(const torch::Tensor& x, const torch::Tensor& output,
                               const torch::Tensor& conditional, double sigma) const;
    torch::Tensor with_boundary(const torch::Tensor& x, const torch::Tensor& denoised,
                                double sigma) const;

    NoiseSchedule schedule_;
    std::stop_token stop_;
    Predictor predictor_;
    DenoiserOptions options_;
    std::map<double, double> timesteps_;
    HeldRegion held_;
    std::function<Denoised(const torch::Tensor&, double)> denoise_;
};

}  // namespace diffusion::sampling
