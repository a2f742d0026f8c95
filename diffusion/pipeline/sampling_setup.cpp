#include "diffusion/pipeline/sampling_setup.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "diffusion/error.h"
#include "diffusion/sampling/diffusers.h"
#include "diffusion/sampling/schedule.h"

namespace diffusion::pipeline {

namespace {

using checkpoint::Prediction;
using checkpoint::SchedulerConfig;

sampling::PredictionType prediction_of(const SchedulerConfig& config) {
    if (config.prediction == Prediction::epsilon) return sampling::PredictionType::epsilon;
    if (config.prediction == Prediction::v) return sampling::PredictionType::v;
    throw Error(ErrorKind::unsupported_model,
                std::string("The model predicts \"") + checkpoint::name_of(config.prediction) +
                    "\"; this version makes pictures with models that predict epsilon or v.");
}

sampling::NoiseSchedule noise_of(const SchedulerConfig& c) {
    if (c.beta_schedule == "linear") {
        const auto noise = sampling::NoiseSchedule::linear(c.beta_start, c.beta_end, c.train_steps);
        return c.zero_terminal_snr ? noise.with_zero_terminal_snr(4.8973451890853435e-08) : noise;
    }
    return sampling::NoiseSchedule::scaled_linear(c.beta_start, c.beta_end, c.train_steps,
                                                  c.zero_terminal_snr);
}

/// The scheduler class by which diffusers runs a sampler of the table.
struct DiffusersName {
    const char* sampler;
    const char* scheduler;
    const char* algorithm = "dpmsolver++";
};

constexpr std::array diffusers_names{
    DiffusersName{"Euler", "EulerDiscreteScheduler"},
    DiffusersName{"Euler a", "EulerAncestralDiscreteScheduler"},
    DiffusersName{"Heun", "HeunDiscreteScheduler"},
    DiffusersName{"DPM++ 2M", "DPMSolverMultistepScheduler"},
};

sampling::DiffusersConfig diffusers_config(const GenerationRequest& request,
                                           const SchedulerConfig& c, const std::string& sampler,
                                           const std::string& schedule) {
    const auto row = std::find_if(diffusers_names.begin(), diffusers_names.end(),
                                  [&](const DiffusersName& d) { return sampler == d.sampler; });
    if (row == diffusers_names.end()) {
        throw Error(ErrorKind::bad_request,
                    "sampler: \"" + sampler + "\" has no diffusers profile; expected Euler, Euler a, "
                    "Heun or DPM++ 2M with compatibility \"" + request.compatibility + "\".");
    }
    sampling::DiffusersConfig config;
    config.scheduler = row->scheduler;
    config.algorithm_type = row->algorithm;
    config.num_train_timesteps = c.train_steps;
    config.beta_start = c.beta_start;
    config.beta_end = c.beta_end;
    config.beta_schedule = c.beta_schedule;
    config.prediction_type = c.prediction == Prediction::v ? "v_prediction" : "epsilon";
    config.timestep_spacing = c.timestep_spacing;
    config.steps_offset = c.steps_offset;
    config.rescale_betas_zero_snr = c.zero_terminal_snr;
    config.use_karras_sigmas = schedule == "Karras";
    config.use_exponential_sigmas = schedule == "Exponential";
    const bool is_own_spacing = schedule == "Automatic" || schedule == "Uniform";
    if (!config.use_karras_sigmas && !config.use_exponential_sigmas && !is_own_spacing) {
        throw Error(ErrorKind::bad_request,
                    "schedule: \"" + schedule + "\" has no diffusers profile; expected Automatic, "
                    "Karras or Exponential with compatibility \"" + request.compatibility + "\".");
    }
    return config;
}

/// No step changes the picture.
void keep_picture(SamplingSetup& setup) {
    setup.start_signal = 1.0;
    setup.start_scale = 0.0;
    setup.step_count = 0;
}

void start_diffusers_from_picture(SamplingSetup& setup, sampling::DiffusersRun& run,
                                  const GenerationRequest& request, int calls_per_step) {
    // Inpainting at full strength knows nothing of what is under the mask.
    if (!request.mask.empty() && request.denoise_strength == 1.0) return;
    const auto start = sampling::start_step_diffusers(request.steps, request.denoise_strength);
    if (start.t_enc == 0) return keep_picture(setup);
    run = run.from_step(start.first_index);
    setup.step_count -= start.first_index * calls_per_step;
    setup.start_signal = run.signal_scale();
    setup.start_scale = run.signal_scale() * run.start_sigma();
}

void setup_diffusers(SamplingSetup& setup, const GenerationRequest& request,
                     const SchedulerConfig& scheduler, int calls_per_step) {
    // Automatic keeps the spacing of the model's own scheduler, as diffusers does.
    setup.schedule_name = request.schedule == "Automatic"
                              ? request.schedule
                              : sampling::find_schedule(request.schedule).name;
    const auto config =
        diffusers_config(request, scheduler, setup.sampler_name, setup.schedule_name);
    auto run = sampling::diffusers_run(config, request.steps);
    setup.follows_diffusers = true;
    setup.step_count = static_cast<int>(run.timesteps.size());
    setup.start_scale = run.init_noise_sigma;
    if (!request.initial_image.empty())
        start_diffusers_from_picture(setup, run, request, calls_per_step);
    setup.sigmas = run.walk;
    setup.noise = run.noise;
    setup.sample = [run = std::move(run)](const sampling::Denoiser& denoise, const torch::Tensor& x,
                                          const sampling::SamplerContext& context,
                                          const sampling::HeldRegion& held) {
        return run.sample(denoise, x, context, held);
    };
}

/// The part of the schedule that A1111 chooses for a given picture.
void start_from_picture(SamplingSetup& setup, const GenerationRequest& request) {
    if (request.denoise_strength == 0.0) return keep_picture(setup);
    const auto start = sampling::start_step_a1111(request.steps, request.denoise_strength);
    // A list of timesteps is counted from its end, a schedule of sigmas from its beginning.
    const auto size = std::ssize(setup.sigmas);
    const auto wanted = setup.timesteps.empty() ? start.first_index : size - 1 - start.t_enc;
    const auto first = std::clamp<std::ptrdiff_t>(wanted, 0, size - 2);
    setup.sigmas.erase(setup.sigmas.begin(), setup.sigmas.begin() + first);
    if (!setup.timesteps.empty())
        setup.timesteps.erase(setup.timesteps.begin(), setup.timesteps.begin() + first);
    setup.step_count = static_cast<int>(setup.sigmas.size()) - 1;
    setup.start_signal = 1.0;
    setup.start_scale = setup.sigmas.front();
}

void setup_schedule(SamplingSetup& setup, const GenerationRequest& request,
                    const sampling::SamplerRow& row, const std::string& schedule, bool is_sdxl) {
    if (row.own_timesteps) {
        const auto list = sampling::a1111_timesteps(request.steps, setup.noise.size());
        const auto made = sampling::timestep_schedule(list, setup.noise);
        setup.schedule_name = "Automatic";
        setup.sigmas = made.sigmas;
        setup.timesteps = made.timesteps;
        // Its latents are scaled down with the signal and begin as unit noise.
        setup.start_scale = std::hypot(1.0, setup.sigmas.front());
    } else {
        setup.schedule_name = sampling::schedule_for(row, schedule).name;
        sampling::ScheduleOptions options;
        options.is_sdxl = is_sdxl;
        options.discard_penultimate = row.discard_penultimate;
        setup.sigmas = sampling::make_schedule(setup.schedule_name, request.steps, setup.noise, options);
        setup.start_scale = setup.sigmas.front();
    }
    setup.step_count = static_cast<int>(setup.sigmas.size()) - 1;
    if (!request.initial_image.empty()) start_from_picture(setup, request);
}

}  // namespace

SamplingSetup setup_sampling(const GenerationRequest& request, const SchedulerConfig& config,
                             bool is_sdxl) {
    const auto named = sampling::split_legacy_name(request.sampler);
    const auto& row = sampling::find_sampler(named.sampler);
    const auto& wanted = named.schedule.empty() ? request.schedule : named.schedule;
    SamplingSetup setup;
    setup.sampler_name = row.name;
    setup.needs_unconditional = row.needs_unconditional;
    setup.brownian = row.brownian;
    setup.call_count = request.steps * row.calls_per_step;
    setup.prediction = prediction_of(config);
    if (request.compatibility == "diffusers") {
        setup_diffusers(setup, request, config, row.calls_per_step);
        return setup;
    }
    if (request.compatibility != "Atelier") {
        throw Error(ErrorKind::bad_request, "compatibility: expected Atelier or diffusers, found \"" +
                                                request.compatibility + "\".");
    }
    setup.noise = noise_of(config);
    setup_schedule(setup, request, row, wanted, is_sdxl);
    setup.sample = [run = row.run, sigmas = setup.sigmas](sampling::Denoiser denoise,
                                                          const torch::Tensor& x,
                                                          const sampling::SamplerContext& context,
                                                          const sampling::HeldRegion& held) {
        if (held.is_empty()) return run(denoise, x, sigmas, context);
        denoise.hold(held);
        return held.put_back(run(denoise, x, sigmas, context), 0.0);
    };
    return setup;
}

}  // namespace diffusion::pipeline
