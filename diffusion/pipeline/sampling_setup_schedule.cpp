// The half of setup_sampling that makes sigmas and timesteps.

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "diffusion/error.h"
#include "diffusion/pipeline/profile.h"
#include "diffusion/pipeline/sampling_setup_impl.h"
#include "diffusion/sampling/names.h"
#include "diffusion/sampling/schedule.h"

namespace diffusion::pipeline {

namespace {

using sampling::Compatibility;

/// Steps that LCM models were distilled from.
constexpr int lcm_steps = 50;

constexpr int most_steps = 1000;

sampling::UniPCSkip skip_of(const GenerationRequest& request) {
    if (request.unipc_skip_type == "time_quadratic") return sampling::UniPCSkip::time_quadratic;
    if (request.unipc_skip_type == "logSNR") return sampling::UniPCSkip::log_snr;
    return sampling::UniPCSkip::time_uniform;
}

/// A1111's list for DDIM, PLMS and UniPC. It noises a given picture for the timestep above the one
/// where it begins; Atelier begins there.
void setup_timesteps(SamplingSetup& setup, const GenerationRequest& request,
                     const sampling::SamplerRow& row) {
    auto list = sampling::a1111_timesteps(request.steps, setup.noise.size());
    const bool is_unipc = row.name.starts_with("UniPC");
    // One step needs two ends; UniPC's are in continuous time.
    if (list.size() < 2 && !is_unipc) list.push_back(setup.noise.size() - 1);
    const bool has_picture = !request.initial_image.empty();
    double noised_at = 0.0;
    if (has_picture) {
        if (request.denoise_strength == 0.0) return keep_picture(setup);
        const auto start = sampling::start_step_a1111(request.steps, request.denoise_strength);
        const auto last = std::ssize(list) - 1;
        const auto end = std::clamp<std::ptrdiff_t>(start.t_enc, std::min<std::ptrdiff_t>(1, last), last);
        noised_at = setup.noise.sigma_of(list[static_cast<size_t>(end)]);
        const bool begins_below =
            profile_of(request).program == Compatibility::a1111 && end >= 2;
        list.resize(static_cast<size_t>(begins_below ? end : end + 1));
    }
    const auto made =
        is_unipc ? sampling::unipc_schedule(static_cast<int>(list.size()), setup.noise,
                                            has_picture ? list.back() : -1, skip_of(request))
                 : sampling::timestep_schedule(list, setup.noise);
    setup.schedule_name = "Automatic";
    setup.sigmas = made.sigmas;
    setup.timesteps = made.timesteps;
    setup.step_count = static_cast<int>(setup.sigmas.size()) - 1;
    // Its latents are scaled down with the signal and begin as unit noise.
    setup.start_scale = std::hypot(1.0, setup.sigmas.front());
    if (!has_picture) return;
    setup.start_signal = setup.start_scale / std::hypot(1.0, noised_at);
    setup.start_scale = setup.start_signal * noised_at;
}

bool discards_penultimate(const GenerationRequest& request, const sampling::SamplerRow& row) {
    if (request.discard_penultimate) return true;
    if (profile_of(request).program != Compatibility::comfyui) return row.discard_penultimate;
    constexpr std::array in_comfyui{"DPM2", "DPM2 a", "UniPC", "UniPC bh2"};
    return std::find(in_comfyui.begin(), in_comfyui.end(), row.name) != in_comfyui.end();
}

sampling::ScheduleOptions options_of(const GenerationRequest& request,
                                     const sampling::SamplerRow& row, bool is_sdxl) {
    sampling::ScheduleOptions options;
    options.sigma_min = request.sigma_min;
    options.sigma_max = request.sigma_max;
    options.rho = request.rho;
    options.alpha = request.beta_alpha;
    options.beta = request.beta_beta;
    options.discard_penultimate = discards_penultimate(request, row);
    options.is_sdxl = is_sdxl;
    options.compatibility = profile_of(request).program;
    if (options.sigma_min > 0 && options.sigma_max > 0 && options.sigma_min >= options.sigma_max)
        throw Error(ErrorKind::bad_request, "sigma_min: expected less than sigma_max, found " +
                                                std::to_string(request.sigma_min) + " and " +
                                                std::to_string(request.sigma_max) + ".");
    return options;
}

/// Every 20th level of a thousand: what a distilled model knows.
sampling::NoiseSchedule distilled(const sampling::NoiseSchedule& noise) {
    const int stride = noise.size() / lcm_steps;
    std::vector<double> alphas;
    for (int t = stride - 1; t < noise.size(); t += stride)
        alphas.push_back(noise.alphas_cumprod()[static_cast<size_t>(t)]);
    return sampling::NoiseSchedule::from_alphas_cumprod(std::move(alphas));
}

std::string joined(const std::vector<double>& sigmas) {
    std::string text;
    for (const double sigma : sigmas) {
        std::array<char, 32> digits{};
        const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), sigma);
        text += (text.empty() ? "" : ", ") + std::string(digits.data(), end.ptr);
    }
    return text;
}

void take_typed(SamplingSetup& setup, const std::string& schedule, int calls_per_step) {
    setup.sigmas = sampling::make_schedule(schedule, 1, setup.noise);
    const auto steps = std::ssize(setup.sigmas) - 1;
    if (steps > most_steps)
        throw Error(ErrorKind::bad_request, "schedule: expected at most " +
                                                std::to_string(most_steps + 1) + " sigmas, found " +
                                                std::to_string(steps + 1) + ".");
    setup.schedule_name = joined(setup.sigmas);
    setup.typed_steps = static_cast<int>(steps);
    setup.call_count = static_cast<int>(steps) * calls_per_step;
}

void keep_last(std::vector<double>& sigmas, std::ptrdiff_t wanted) {
    const auto first = std::clamp<std::ptrdiff_t>(wanted, 0, std::ssize(sigmas) - 2);
    sigmas.erase(sigmas.begin(), sigmas.begin() + first);
}

void note_interval(SamplingSetup& setup) {
    const auto last = setup.sigmas.back() > 0 ? setup.sigmas.end() : setup.sigmas.end() - 1;
    setup.lowest_sigma = *std::min_element(setup.sigmas.begin(), last);
    setup.highest_sigma = *std::max_element(setup.sigmas.begin(), last);
}

/// What the noise of the first latent is multiplied with.
double start_scale(const SamplingSetup& setup, const GenerationRequest& request) {
    const double first = setup.sigmas.front();
    const bool is_whole = first >= setup.noise.sigma_max() * (1 - 1e-5);
    const bool is_comfy = profile_of(request).program == Compatibility::comfyui;
    const bool is_multiplied = request.sgm_noise_multiplier && request.initial_image.empty();
    return (is_comfy && is_whole) || is_multiplied ? std::hypot(1.0, first) : first;
}

bool is_comfyui(const GenerationRequest& request) {
    return profile_of(request).program == Compatibility::comfyui;
}

/// ComfyUI makes a longer schedule for a given picture, of which the asked number of steps is left.
bool is_stretched(const GenerationRequest& request, const std::string& schedule) {
    return is_comfyui(request) && !request.initial_image.empty() &&
           !sampling::is_typed_schedule(schedule);
}

/// The whole schedule by its name.
void make_sigmas(SamplingSetup& setup, const GenerationRequest& request,
                 const sampling::SamplerRow& row, const std::string& schedule, bool is_sdxl) {
    const bool is_automatic = sampling::same_name(schedule, "Automatic");
    const bool is_distilled = row.name == "LCM" &&
                              profile_of(request).program == Compatibility::a1111 &&
                              setup.noise.size() % lcm_steps == 0;
    if (is_distilled) setup.denoise.distilled_steps = lcm_steps;
    setup.schedule_name = is_comfyui(request) && is_automatic
                              ? "Normal"
                              : sampling::schedule_for(row, schedule).name;
    const int steps =
        is_stretched(request, schedule)
            ? sampling::start_step_comfyui(request.steps, request.denoise_strength).schedule_steps
            : request.steps;
    setup.sigmas = sampling::make_schedule(setup.schedule_name, steps,
                                           is_distilled ? distilled(setup.noise) : setup.noise,
                                           options_of(request, row, is_sdxl));
}

/// Leaves what a given picture takes of the schedule.
void begin_with_picture(SamplingSetup& setup, const GenerationRequest& request,
                        const std::string& schedule) {
    const auto size = std::ssize(setup.sigmas);
    const int steps = setup.typed_steps > 0 ? setup.typed_steps : request.steps;
    const auto start = sampling::start_step_a1111(steps, request.denoise_strength);
    keep_last(setup.sigmas,
              is_stretched(request, schedule) ? size - request.steps - 1 : start.first_index);
    setup.start_signal = 1.0;
}

}  // namespace

void setup_schedule(SamplingSetup& setup, const GenerationRequest& request,
                    const sampling::SamplerRow& row, const std::string& schedule, bool is_sdxl) {
    const bool is_comfy = is_comfyui(request);
    const bool keeps_list = sampling::same_name(schedule, "Automatic") ||
                            profile_of(request).program == Compatibility::a1111;
    if (row.own_timesteps && !is_comfy && keeps_list) return setup_timesteps(setup, request, row);
    const bool has_picture = !request.initial_image.empty();
    if (has_picture && request.denoise_strength == 0.0) return keep_picture(setup);
    setup.holds_input = is_comfy;
    if (sampling::is_typed_schedule(schedule)) take_typed(setup, schedule, row.calls_per_step);
    else make_sigmas(setup, request, row, schedule, is_sdxl);
    const bool is_comfy_unipc = is_comfy && row.name.starts_with("UniPC");
    if (is_comfy_unipc) setup.sigmas = sampling::comfyui_unipc_sigmas(setup.sigmas);
    note_interval(setup);
    if (has_picture) begin_with_picture(setup, request, schedule);
    // ComfyUI's samplers see no more than the part that they walk.
    if (is_comfy) note_interval(setup);
    setup.start_scale = start_scale(setup, request);
    setup.step_count = static_cast<int>(setup.sigmas.size()) - 1;
    if (is_comfy_unipc)
        setup.knobs.order = std::min(setup.knobs.order > 0 ? setup.knobs.order : 3,
                                     std::max(1, setup.step_count - 1));
}

}  // namespace diffusion::pipeline
