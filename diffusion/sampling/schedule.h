#pragma once

// Schedules: how many steps are spent at which noise level. A schedule is a list of descending
// sigmas; a sampler makes one step between neighbours, so n steps are n + 1 numbers, the last 0
// (some of the references' schedules return one more or fewer, and so do these).

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "diffusion/sampling/noise_schedule.h"
#include "diffusion/sampling/sampler.h"

namespace diffusion::sampling {

/// Whose formulas and rounding are repeated where the known programs differ.
enum class Compatibility { atelier, a1111, forge, comfyui, diffusers };

struct ScheduleOptions {
    double sigma_min = 0.0;  ///< 0: the model's
    double sigma_max = 0.0;  ///< 0: the model's
    double rho = 0.0;        ///< 0: the schedule's own (7 for Karras, 1 for Polyexponential)
    double alpha = 0.6;      ///< Beta
    double beta = 0.6;       ///< Beta
    bool discard_penultimate = false;
    bool is_sdxl = false;    ///< Align Your Steps has lists per model family
    Compatibility compatibility = Compatibility::atelier;
};

struct ScheduleRow {
    std::string name;                  ///< A1111's label where it has one
    std::vector<std::string> aliases;  ///< ComfyUI, k-diffusion and older spellings
    std::vector<double> (*make)(int steps, const NoiseSchedule&, const ScheduleOptions&);
    std::vector<std::string> fields = {};  ///< of a request that change it, beside the steps
};

const std::vector<ScheduleRow>& schedules();

/// By name or alias, upper or lower case. Throws Error (bad_request) that names the field
/// `schedule`, what was found and the nearest known names.
const ScheduleRow& find_schedule(std::string_view name);

/// The row that "Automatic" stands for with this sampler; any other name is found as usual.
const ScheduleRow& schedule_for(const SamplerRow& sampler, std::string_view name);

/// Whether the text is a list of numbers instead of a name.
bool is_typed_schedule(std::string_view text);

/// Descending sigmas for `steps` steps, the trailing 0 included where the schedule has one. A list
/// of numbers typed by the user ("14.6, 7.2, 0") is a schedule too; steps are then not used.
/// Throws Error (bad_request) for an unknown name, steps < 1, or a list that does not descend.
std::vector<double> make_schedule(std::string_view name, int steps, const NoiseSchedule& noise,
                                  const ScheduleOptions& options = {});

/// A schedule made from training timesteps (last one is where the run ends, not evaluated).
struct TimestepSchedule {
    std::vector<double> sigmas;
    std::vector<double> timesteps;
};

/// A1111's list for DDIM, PLMS and UniPC: clip(0, q, 2q, ... < 1000) + 1), q = 1000 / steps;
/// ascending. May have more than `steps` entries.
std::vector<int> a1111_timesteps(int steps, int training_steps = 1000);

/// The same, descending and with sigmas, as the samplers run it: size - 1 steps.
TimestepSchedule timestep_schedule(std::span<const int> ascending, const NoiseSchedule& noise);

enum class UniPCSkip { time_uniform, log_snr, time_quadratic };

/// A1111's UniPC in the continuous time of the training steps, where ln alpha is linear between
/// them. last_timestep: highest of image to image's list; negative: from pure noise.
TimestepSchedule unipc_schedule(int steps, const NoiseSchedule& noise, int last_timestep = -1,
                                UniPCSkip skip = UniPCSkip::time_uniform);

/// ComfyUI's UniPC ends at 0.001 instead of 0.
std::vector<double> comfyui_unipc_sigmas(std::vector<double> sigmas);

/// The part of a schedule that an image-to-image run uses: sigmas[first_index..] of
/// schedule_steps + 1.
struct StartStep {
    int schedule_steps;
    int t_enc;
    int first_index;
};

/// A1111: with exact_steps ("do exactly the amount of steps", or a hires pass with its own number)
/// the schedule is stretched so that `steps` steps remain. denoise_strength 0..1.
StartStep start_step_a1111(int steps, double denoise_strength, bool exact_steps = false);

/// diffusers: index into its timesteps. ComfyUI: the last steps + 1 sigmas of a longer schedule.
StartStep start_step_diffusers(int steps, double denoise_strength);
StartStep start_step_comfyui(int steps, double denoise_strength);

}  // namespace diffusion::sampling
