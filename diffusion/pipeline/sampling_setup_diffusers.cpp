// The half of setup_sampling that repeats diffusers' schedulers.

#include <algorithm>
#include <array>
#include <utility>

#include "diffusion/error.h"
#include "diffusion/pipeline/sampling_setup_impl.h"
#include "diffusion/sampling/diffusers.h"
#include "diffusion/sampling/schedule.h"

namespace diffusion::pipeline {

namespace {

using checkpoint::SchedulerConfig;

/// The class by which diffusers runs a sampler of the table.
struct DiffusersName {
    const char* sampler;
    const char* scheduler;
    const char* algorithm = "dpmsolver++";
    const char* solver = "midpoint";
    bool takes_sigmas = true;  ///< Karras, Exponential and Beta in place of its own spacing
};

constexpr std::array diffusers_names{
    DiffusersName{"Euler", "EulerDiscreteScheduler"},
    DiffusersName{"Euler a", "EulerAncestralDiscreteScheduler"},
    DiffusersName{"Heun", "HeunDiscreteScheduler"},
    DiffusersName{"LMS", "LMSDiscreteScheduler"},
    DiffusersName{"DPM2", "KDPM2DiscreteScheduler"},
    DiffusersName{"DPM2 a", "KDPM2AncestralDiscreteScheduler"},
    DiffusersName{"DPM++ 2M", "DPMSolverMultistepScheduler"},
    DiffusersName{"DPM++ 2M SDE", "DPMSolverMultistepScheduler", "sde-dpmsolver++"},
    DiffusersName{"DPM++ 2M SDE Heun", "DPMSolverMultistepScheduler", "sde-dpmsolver++", "heun"},
    DiffusersName{"DEIS", "DEISMultistepScheduler"},
    DiffusersName{"UniPC", "UniPCMultistepScheduler", "dpmsolver++", "bh2"},
    DiffusersName{"UniPC bh2", "UniPCMultistepScheduler", "dpmsolver++", "bh2"},
    DiffusersName{"DDIM", "DDIMScheduler", "", "", false},
    DiffusersName{"DDPM", "DDPMScheduler", "", "", false},
    DiffusersName{"PLMS", "PNDMScheduler", "", "", false},
    DiffusersName{"LCM", "LCMScheduler", "", "", false},
    DiffusersName{"TCD", "TCDScheduler", "", "", false},
};

const DiffusersName& class_of(const std::string& sampler) {
    for (const auto& row : diffusers_names)
        if (sampler == row.sampler) return row;
    std::string known;
    for (const auto& row : diffusers_names) known += (known.empty() ? "" : ", ") + std::string(row.sampler);
    throw Error(ErrorKind::bad_request, "sampler: \"" + sampler +
                                            "\" is not in diffusers; expected one of " + known +
                                            " with compatibility \"diffusers\".");
}

void choose_spacing(sampling::DiffusersConfig& config, const DiffusersName& name,
                    const std::string& schedule) {
    config.use_karras_sigmas = schedule == "Karras";
    config.use_exponential_sigmas = schedule == "Exponential";
    config.use_beta_sigmas = schedule == "Beta";
    if (schedule == "Automatic" || schedule == "Uniform") return;
    const bool is_known =
        config.use_karras_sigmas || config.use_exponential_sigmas || config.use_beta_sigmas;
    if (is_known && name.takes_sigmas) return;
    throw Error(ErrorKind::bad_request,
                "schedule: \"" + schedule + "\" is not in diffusers' " + name.scheduler +
                    "; expected Automatic" +
                    (name.takes_sigmas ? ", Karras, Exponential or Beta" : "") +
                    " with compatibility \"diffusers\".");
}

sampling::DiffusersConfig config_of(const GenerationRequest& request, const SchedulerConfig& c,
                                    const std::string& sampler, const std::string& schedule) {
    const auto& row = class_of(sampler);
    sampling::DiffusersConfig config;
    config.scheduler = row.scheduler;
    config.algorithm_type = row.algorithm;
    config.solver_type = row.solver;
    if (sampler.starts_with("UniPC")) {
        if (request.unipc_variant != "Automatic") config.solver_type = request.unipc_variant;
        if (request.unipc_order > 0) config.solver_order = request.unipc_order;
        config.lower_order_final = request.unipc_lower_order_final;
    }
    config.num_train_timesteps = c.train_steps;
    config.beta_start = c.beta_start;
    config.beta_end = c.beta_end;
    config.beta_schedule = c.beta_schedule;
    const bool is_v = prediction_of(request, c) == sampling::PredictionType::v;
    config.prediction_type = is_v ? "v_prediction" : "epsilon";
    config.timestep_spacing = c.timestep_spacing;
    config.steps_offset = c.steps_offset;
    config.rescale_betas_zero_snr = c.zero_terminal_snr || request.noise_schedule != "Default";
    choose_spacing(config, row, schedule);
    return config;
}

void start_from_picture(SamplingSetup& setup, sampling::DiffusersRun& run,
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

}  // namespace

void setup_diffusers(SamplingSetup& setup, const GenerationRequest& request,
                     const SchedulerConfig& scheduler, const std::string& schedule) {
    // Automatic keeps the spacing of the model's own scheduler, as diffusers does.
    setup.schedule_name =
        schedule == "Automatic" ? schedule : sampling::find_schedule(schedule).name;
    const auto config = config_of(request, scheduler, setup.sampler_name, setup.schedule_name);
    auto run = sampling::diffusers_run(config, request.steps);
    setup.follows_diffusers = true;
    setup.step_count = static_cast<int>(run.timesteps.size());
    setup.start_scale = run.init_noise_sigma;
    // It guides above 1 only.
    if (setup.denoise.guidance_scale < 1) setup.denoise.guidance_scale = 1;
    if (!request.initial_image.empty())
        start_from_picture(setup, run, request, std::exchange(setup.calls_per_step, 1));
    // Its steps are calls.
    setup.calls_per_step = 1;
    setup.sigmas = run.walk;
    setup.noise = run.noise;
    setup.sample = [run = std::move(run)](const sampling::Denoiser& denoise, const torch::Tensor& x,
                                          const sampling::SamplerContext& context,
                                          const sampling::HeldRegion& held) {
        return run.sample(denoise, x, context, held);
    };
}

}  // namespace diffusion::pipeline
