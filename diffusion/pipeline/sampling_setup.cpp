#include "diffusion/pipeline/sampling_setup.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <utility>

#include "diffusion/error.h"
#include "diffusion/pipeline/profile.h"
#include "diffusion/pipeline/sampling_setup_impl.h"
#include "diffusion/sampling/schedule.h"

namespace diffusion::pipeline {

namespace {

using checkpoint::Prediction;
using checkpoint::SchedulerConfig;
using sampling::Compatibility;

/// Whether the network was trained on a continuous range of noise levels, and nobody says otherwise.
bool is_continuous(const GenerationRequest& request, const SchedulerConfig& c) {
    return request.prediction == "Automatic" &&
           (c.prediction == Prediction::edm || c.prediction == Prediction::edm_v);
}

sampling::NoiseSchedule noise_of(const GenerationRequest& request, const SchedulerConfig& c) {
    if (is_continuous(request, c)) {
        return sampling::NoiseSchedule::log_uniform(c.sigma_min, c.sigma_max);
    }
    auto noise = c.beta_schedule == "linear"
                     ? sampling::NoiseSchedule::linear(c.beta_start, c.beta_end, c.train_steps)
                     : sampling::NoiseSchedule::scaled_linear(c.beta_start, c.beta_end,
                                                              c.train_steps);
    if (request.downcast_alphas) noise = noise.downcast_to_half();
    else if (profile_of(request).program == Compatibility::a1111) noise = noise.rounded_to_single();
    const bool ends_in_noise = c.zero_terminal_snr || request.noise_schedule != "Default";
    return ends_in_noise ? noise.with_zero_terminal_snr(sampling::a1111_terminal_alpha) : noise;
}

/// Samplers that A1111 gives its "Sigma noise".
constexpr std::array noise_factor_in_a1111{"Euler",        "Heun",     "DPM2",       "DPM fast",
                                           "DPM2 a",       "DPM++ 2S a", "DPM++ SDE",
                                           "DPM++ 2M SDE", "DPM++ 2M SDE Heun", "DPM++ 3M SDE"};

sampling::SamplerContext knobs_of(const GenerationRequest& request, const sampling::SamplerRow& row) {
    sampling::SamplerContext knobs;
    knobs.eta = request.eta;
    knobs.s_churn = request.s_churn;
    knobs.s_tmin = request.s_tmin;
    knobs.s_tmax = request.s_tmax > 0 ? request.s_tmax : std::numeric_limits<double>::max();
    knobs.s_noise = request.s_noise;
    if (row.name.starts_with("UniPC")) {
        knobs.order = request.unipc_order;
        knobs.lower_order_final = request.unipc_lower_order_final;
    }
    if (profile_of(request).program != Compatibility::a1111) return knobs;
    const auto& given = noise_factor_in_a1111;
    if (std::find(given.begin(), given.end(), row.name) == given.end()) knobs.s_noise = 1.0;
    // It passes its share of fresh noise to all that take one.
    if (row.name.starts_with("DPM fast") || row.name.starts_with("DPM adaptive"))
        knobs.eta = knobs.eta_or(1.0);
    return knobs;
}

sampling::DenoiserOptions denoiser_options(const GenerationRequest& request,
                                           const SchedulerConfig& config,
                                           const sampling::SamplerRow& row) {
    const auto& profile = profile_of(request);
    const bool is_comfy = profile.program == Compatibility::comfyui;
    sampling::DenoiserOptions options;
    options.prediction = prediction_of(request, config);
    options.guidance_scale = request.guidance_scale / (is_comfy ? 1.0 : row.guidance_divisor);
    options.guidance_rescale = request.guidance_rescale;
    options.rescales_v = is_comfy;
    options.log_timesteps = is_continuous(request, config);
    options.rounded_timesteps = profile.rounds_timesteps;
    options.conditional_stands_in = row.needs_unconditional;
    return options;
}

/// The table's function, or the variant of it that is asked for.
sampling::Sampler algorithm_of(const GenerationRequest& request, const sampling::SamplerRow& row) {
    const bool is_second = row.name == "UniPC" && request.unipc_variant == "bh2";
    if (row.name == "UniPC bh2" && request.unipc_variant == "bh1")
        return sampling::find_sampler("UniPC").run;
    return is_second ? sampling::find_sampler("UniPC bh2").run : row.run;
}

/// A sampler over the schedule that was made for it.
void walk_schedule(SamplingSetup& setup, const GenerationRequest& request,
                   const sampling::SamplerRow& row) {
    const bool is_scaled = !setup.timesteps.empty();
    setup.sample = [run = algorithm_of(request, row), sigmas = setup.sigmas, is_scaled](
                       sampling::Denoiser denoise, const torch::Tensor& start,
                       const sampling::SamplerContext& context,
                       const sampling::HeldRegion& held) {
        if (!held.is_empty()) denoise.hold(held);
        auto x = run(denoise, start, sigmas, context);
        // Where timesteps make the schedule, latents are scaled down with the signal to the end.
        if (is_scaled) x = x / std::hypot(1.0, sigmas.back());
        return held.is_empty() ? x : held.put_back(x, 0.0);
    };
}

}  // namespace

sampling::PredictionType prediction_of(const GenerationRequest& request,
                                       const SchedulerConfig& config) {
    if (request.prediction == "epsilon") return sampling::PredictionType::epsilon;
    if (request.prediction == "v") return sampling::PredictionType::v;
    switch (config.prediction) {
        case Prediction::epsilon: return sampling::PredictionType::epsilon;
        case Prediction::v:
        case Prediction::edm_v: return sampling::PredictionType::v;
        case Prediction::edm: return sampling::PredictionType::edm;
    }
    throw Error(ErrorKind::internal, "a prediction that no network makes");
}

void keep_picture(SamplingSetup& setup) {
    setup.start_signal = 1.0;
    setup.start_scale = 0.0;
    setup.step_count = 0;
}

SamplingSetup setup_sampling(const GenerationRequest& request, const SchedulerConfig& config,
                             bool is_sdxl) {
    check_profile(request);
    const auto named = sampling::split_legacy_name(request.sampler);
    const auto& row = sampling::find_sampler(named.sampler);
    const auto& schedule = named.schedule.empty() ? request.schedule : named.schedule;
    SamplingSetup setup;
    setup.sampler_name = row.name;
    setup.needs_unconditional = row.needs_unconditional;
    setup.brownian = row.brownian;
    setup.calls_per_step = row.calls_per_step;
    setup.call_count = request.steps * row.calls_per_step;
    setup.knobs = knobs_of(request, row);
    setup.denoise = denoiser_options(request, config, row);
    if (profile_of(request).program == Compatibility::diffusers) {
        if (is_continuous(request, config))
            throw Error(ErrorKind::bad_request,
                        "compatibility: found \"diffusers\", which is there for models that predict "
                        "epsilon or v; expected Atelier, A1111 or ComfyUI for this one.");
        setup_diffusers(setup, request, config, schedule);
        return setup;
    }
    setup.noise = noise_of(request, config);
    setup_schedule(setup, request, row, schedule, is_sdxl);
    walk_schedule(setup, request, row);
    return setup;
}

}  // namespace diffusion::pipeline
