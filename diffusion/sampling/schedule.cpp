#include "diffusion/sampling/schedule.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "diffusion/error.h"
#include "diffusion/sampling/names.h"
#include "diffusion/sampling/schedule_formulas.h"

namespace diffusion::sampling {

const std::vector<ScheduleRow>& schedules() {
    static const std::vector<ScheduleRow> rows = {
        {"Automatic", {}, uniform_schedule, {"sigma_min", "sigma_max", "rho"}},
        {"Uniform", {}, uniform_schedule},
        {"Karras", {"k_karras"}, karras_schedule, {"sigma_min", "sigma_max", "rho"}},
        {"Exponential", {"k_exponential"}, exponential_schedule, {"sigma_min", "sigma_max"}},
        {"Polyexponential", {"polyexponential_schedule"}, polyexponential_schedule, {"sigma_min", "sigma_max", "rho"}},
        {"SGM Uniform", {"sgm_uniform", "SGMUniform"}, sgm_uniform_schedule, {"sigma_min", "sigma_max"}},
        {"KL Optimal", {"kl_optimal"}, kl_optimal_schedule, {"sigma_min", "sigma_max"}},
        {"Align Your Steps", {"align_your_steps", "ays"}, align_your_steps_schedule},
        {"Align Your Steps 11", {"align_your_steps_11"}, align_your_steps_schedule},
        {"Align Your Steps 32", {"align_your_steps_32"}, align_your_steps_32_schedule},
        {"Align Your Steps GITS", {"align_your_steps_GITS", "gits"}, align_your_steps_gits_schedule},
        {"Simple", {}, simple_schedule},
        {"Normal", {}, normal_schedule, {"sigma_min", "sigma_max"}},
        {"DDIM", {"ddim_uniform"}, ddim_schedule},
        {"Beta", {}, beta_schedule, {"sigma_min", "sigma_max", "beta_alpha", "beta_beta"}},
        {"Turbo", {}, turbo_schedule},
        {"Linear quadratic", {"linear_quadratic", "linear-quadratic"}, linear_quadratic_schedule, {"sigma_max"}},
        {"VP", {}, vp_schedule},
    };
    return rows;
}

const ScheduleRow& find_schedule(std::string_view name) {
    std::vector<std::string> known;
    for (const auto& row : schedules()) {
        if (same_name(row.name, name)) return row;
        for (const auto& alias : row.aliases)
            if (same_name(alias, name)) return row;
        known.push_back(row.name);
        known.insert(known.end(), row.aliases.begin(), row.aliases.end());
    }
    throw Error(ErrorKind::bad_request, unknown_name("schedule", name, known));
}

const ScheduleRow& schedule_for(const SamplerRow& sampler, std::string_view name) {
    return find_schedule(same_name(name, "Automatic") ? std::string_view(sampler.schedule) : name);
}

bool is_typed_schedule(std::string_view text) {
    return text.find_first_of("0123456789") != std::string::npos &&
           text.find_first_not_of("0123456789.,;eE+- \t[]") == std::string::npos;
}

namespace {

/// "14.6, 7.2, 0" as typed by the user.
std::vector<double> typed_sigmas(std::string_view text) {
    std::vector<double> sigmas;
    const std::string copy(text);
    const char* at = copy.c_str();
    while (*at != '\0') {
        char* end = nullptr;
        const double value = std::strtod(at, &end);
        if (end == at) {
            ++at;
            continue;
        }
        if (!std::isfinite(value) || value < 0 || (!sigmas.empty() && value >= sigmas.back()))
            throw Error(ErrorKind::bad_request,
                        "schedule: expected sigmas that descend to 0 or above, found " +
                            std::to_string(value) + " as number " +
                            std::to_string(sigmas.size() + 1) + " of \"" + copy.substr(0, 60) + "\"");
        sigmas.push_back(value);
        at = end;
    }
    if (sigmas.size() < 2)
        throw Error(ErrorKind::bad_request, "schedule: expected at least two sigmas, found \"" +
                                                copy.substr(0, 60) + "\"");
    return sigmas;
}

}  // namespace

std::vector<double> make_schedule(std::string_view name, int steps, const NoiseSchedule& noise,
                                  const ScheduleOptions& options) {
    if (is_typed_schedule(name)) return typed_sigmas(name);
    const auto& row = find_schedule(name);
    if (steps < 1 || steps > 100000)
        throw Error(ErrorKind::bad_request,
                    "steps: expected 1 or more, found " + std::to_string(steps));
    auto sigmas = row.make(options.discard_penultimate ? steps + 1 : steps, noise, options);
    if (options.discard_penultimate) sigmas.erase(sigmas.end() - 2);
    return sigmas;
}

StartStep start_step_a1111(int steps, double denoise_strength, bool exact_steps) {
    const double share = std::min(denoise_strength, 0.999);
    StartStep start{steps, static_cast<int>(share * steps), 0};
    if (exact_steps)
        start = {denoise_strength > 0 ? static_cast<int>(steps / share) : 0, steps - 1, 0};
    start.first_index = start.schedule_steps - start.t_enc - 1;
    return start;
}

StartStep start_step_diffusers(int steps, double denoise_strength) {
    const int run = std::min(static_cast<int>(steps * denoise_strength), steps);
    return {steps, run, steps - run};
}

StartStep start_step_comfyui(int steps, double denoise_strength) {
    const int total =
        denoise_strength > 0.9999 ? steps : static_cast<int>(steps / denoise_strength);
    return {total, steps, total - steps};
}

}  // namespace diffusion::sampling
