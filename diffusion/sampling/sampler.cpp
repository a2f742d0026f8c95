#include "diffusion/sampling/sampler.h"

#include <algorithm>
#include <optional>

#include "diffusion/error.h"
#include "diffusion/sampling/algorithms.h"
#include "diffusion/sampling/names.h"
#include "diffusion/sampling/schedule.h"

namespace diffusion::sampling {

const std::vector<SamplerRow>& samplers() {
    static const std::vector<SamplerRow> rows = {
        {.name = "DPM++ 2M",
         .aliases = {"dpmpp_2m", "k_dpmpp_2m", "DPMSolverMultistepScheduler"},
         .run = sample_dpmpp_2m,
         .schedule = "Karras"},
        {.name = "Euler a",
         .aliases = {"euler_ancestral", "k_euler_a", "k_euler_ancestral", "Euler Ancestral",
                     "EulerAncestralDiscreteScheduler"},
         .run = sample_euler_ancestral,
         .schedule = "Uniform",
         .uses_noise = true},
        {.name = "Euler",
         .aliases = {"k_euler", "EulerDiscreteScheduler"},
         .run = sample_euler,
         .schedule = "Uniform"},
        {.name = "Heun",
         .aliases = {"k_heun", "HeunDiscreteScheduler"},
         .run = sample_heun,
         .schedule = "Uniform",
         .calls_per_step = 2},
        {.name = "DDIM",
         .aliases = {"DDIMScheduler"},
         .run = sample_ddim,
         .schedule = "Uniform",
         .own_timesteps = true},
    };
    return rows;
}

namespace {

const SamplerRow* row_named(std::string_view name) {
    for (const auto& row : samplers()) {
        if (same_name(row.name, name)) return &row;
        for (const auto& alias : row.aliases)
            if (same_name(alias, name)) return &row;
    }
    return nullptr;
}

}  // namespace

const SamplerRow& find_sampler(std::string_view name) {
    if (const auto* row = row_named(name)) return *row;
    std::vector<std::string> known;
    for (const auto& row : samplers()) {
        known.push_back(row.name);
        known.insert(known.end(), row.aliases.begin(), row.aliases.end());
    }
    throw Error(ErrorKind::bad_request, unknown_name("sampler", name, known));
}

SamplerAndSchedule split_legacy_name(std::string_view name) {
    if (row_named(name)) return {std::string(name), {}};
    const auto split_at = [&](std::string_view suffix) -> std::optional<SamplerAndSchedule> {
        if (name.size() <= suffix.size() + 1) return {};
        const auto head = name.substr(0, name.size() - suffix.size() - 1);
        const char gap = name[head.size()];
        if ((gap != ' ' && gap != '_') || !same_name(name.substr(head.size() + 1), suffix)) return {};
        if (!row_named(head)) return {};
        return SamplerAndSchedule{std::string(head), std::string(suffix)};
    };
    for (const auto& schedule : schedules())
        if (auto found = split_at(schedule.name)) return *found;
    if (auto karras = split_at("ka")) return {karras->sampler, "Karras"};
    if (auto exponential = split_at("exp")) return {exponential->sampler, "Exponential"};
    return {std::string(name), {}};
}

}  // namespace diffusion::sampling
