#include "diffusion/sampling/sampler.h"

#include <algorithm>
#include <optional>

#include "diffusion/error.h"
#include "diffusion/sampling/algorithms.h"
#include "diffusion/sampling/names.h"
#include "diffusion/sampling/schedule.h"

namespace diffusion::sampling {

namespace {

const std::vector<std::string> fresh_noise = {"eta", "s_noise"};
const std::vector<std::string> churn = {"s_churn", "s_tmin", "s_tmax", "s_noise"};

}  // namespace

const std::vector<SamplerRow>& samplers() {
    static const std::vector<SamplerRow> rows = {
        {.name = "DPM++ 2M",
         .aliases = {"dpmpp_2m", "k_dpmpp_2m", "DPMSolverMultistepScheduler"},
         .run = sample_dpmpp_2m,
         .schedule = "Karras"},
        {.name = "DPM++ SDE",
         .aliases = {"dpmpp_sde", "k_dpmpp_sde", "dpmpp_sde_gpu"},
         .run = sample_dpmpp_sde,
         .schedule = "Karras",
         .uses_noise = true,
         .brownian = true,
         .calls_per_step = 2,
         .fields = fresh_noise},
        {.name = "DPM++ 2M SDE",
         .aliases = {"dpmpp_2m_sde", "k_dpmpp_2m_sde", "dpmpp_2m_sde_gpu"},
         .run = sample_dpmpp_2m_sde,
         .schedule = "Exponential",
         .uses_noise = true,
         .brownian = true,
         .fields = fresh_noise},
        {.name = "DPM++ 2M SDE Heun",
         .aliases = {"dpmpp_2m_sde_heun", "k_dpmpp_2m_sde_heun", "dpmpp_2m_sde_heun_gpu"},
         .run = sample_dpmpp_2m_sde_heun,
         .schedule = "Exponential",
         .uses_noise = true,
         .brownian = true,
         .fields = fresh_noise},
        {.name = "DPM++ 2S a",
         .aliases = {"dpmpp_2s_ancestral", "k_dpmpp_2s_a", "k_dpmpp_2s_ancestral"},
         .run = sample_dpmpp_2s_ancestral,
         .schedule = "Karras",
         .uses_noise = true,
         .calls_per_step = 2,
         .fields = fresh_noise},
        {.name = "DPM++ 3M SDE",
         .aliases = {"dpmpp_3m_sde", "k_dpmpp_3m_sde", "dpmpp_3m_sde_gpu"},
         .run = sample_dpmpp_3m_sde,
         .schedule = "Exponential",
         .uses_noise = true,
         .brownian = true,
         .discard_penultimate = true,
         .fields = fresh_noise},
        {.name = "Euler a",
         .aliases = {"euler_ancestral", "k_euler_a", "k_euler_ancestral", "Euler Ancestral",
                     "EulerAncestralDiscreteScheduler"},
         .run = sample_euler_ancestral,
         .schedule = "Uniform",
         .uses_noise = true,
         .fields = fresh_noise},
        {.name = "Euler",
         .aliases = {"k_euler", "EulerDiscreteScheduler"},
         .run = sample_euler,
         .schedule = "Uniform",
         .fields = churn},
        {.name = "LMS",
         .aliases = {"k_lms", "LMSDiscreteScheduler"},
         .run = sample_lms,
         .schedule = "Uniform"},
        {.name = "Heun",
         .aliases = {"k_heun", "HeunDiscreteScheduler"},
         .run = sample_heun,
         .schedule = "Uniform",
         .calls_per_step = 2,
         .fields = churn},
        {.name = "DPM2",
         .aliases = {"dpm_2", "k_dpm_2", "KDPM2DiscreteScheduler"},
         .run = sample_dpm_2,
         .schedule = "Karras",
         .discard_penultimate = true,
         .calls_per_step = 2,
         .fields = churn},
        {.name = "DPM2 a",
         .aliases = {"dpm_2_ancestral", "k_dpm_2_a", "k_dpm_2_ancestral",
                     "KDPM2AncestralDiscreteScheduler"},
         .run = sample_dpm_2_ancestral,
         .schedule = "Karras",
         .uses_noise = true,
         .discard_penultimate = true,
         .calls_per_step = 2,
         .fields = fresh_noise},
        {.name = "DPM fast",
         .aliases = {"dpm_fast", "k_dpm_fast"},
         .run = sample_dpm_fast,
         .schedule = "Uniform",
         .fields = fresh_noise},
        {.name = "DPM adaptive",
         .aliases = {"dpm_adaptive", "k_dpm_ad", "k_dpm_adaptive"},
         .run = sample_dpm_adaptive,
         .schedule = "Uniform",
         .fields = fresh_noise},
        {.name = "Restart",
         .aliases = {"k_restart"},
         .run = sample_restart,
         .schedule = "Karras",
         .uses_noise = true,
         .calls_per_step = 2,
         .fields = {"s_noise"}},
        {.name = "HeunPP2",
         .aliases = {"Heun++ 2"},
         .run = sample_heunpp2,
         .schedule = "Uniform",
         .calls_per_step = 3,
         .fields = churn},
        {.name = "IPNDM",
         .run = sample_ipndm,
         .schedule = "Uniform"},
        {.name = "IPNDM_V",
         .run = sample_ipndm_v,
         .schedule = "Uniform"},
        {.name = "DEIS",
         .aliases = {"k_deis"},
         .run = sample_deis,
         .schedule = "Uniform"},
        {.name = "DDIM",
         .aliases = {"DDIMScheduler"},
         .run = sample_ddim,
         .schedule = "Uniform",
         .own_timesteps = true,
         .fields = fresh_noise},
        {.name = "DDIM CFG++",
         .aliases = {"ddim_cfgpp", "ddim_cfg_pp"},
         .run = sample_ddim_cfg_pp,
         .schedule = "Uniform",
         .needs_unconditional = true,
         .own_timesteps = true,
         .fields = fresh_noise,
         .guidance_divisor = 12.5},
        {.name = "PLMS",
         .aliases = {"PNDMScheduler"},
         .run = sample_plms,
         .schedule = "Uniform",
         .own_timesteps = true},
        {.name = "UniPC",
         .aliases = {"uni_pc", "unipc_bh1", "UniPCMultistepScheduler"},
         .run = sample_unipc,
         .schedule = "Uniform",
         .own_timesteps = true,
         .fields = {"unipc_variant", "unipc_skip_type", "unipc_order", "unipc_lower_order_final"}},
        {.name = "UniPC bh2",
         .aliases = {"uni_pc_bh2", "unipc_bh2"},
         .run = sample_unipc_bh2,
         .schedule = "Uniform",
         .own_timesteps = true,
         .fields = {"unipc_skip_type", "unipc_order", "unipc_lower_order_final"}},
        {.name = "LCM",
         .aliases = {"k_lcm", "LCMScheduler"},
         .run = sample_lcm,
         .schedule = "Uniform",
         .uses_noise = true,
         .fields = {"s_noise"}},
        {.name = "DDPM",
         .aliases = {"DDPMScheduler"},
         .run = sample_ddpm,
         .schedule = "Uniform",
         .uses_noise = true,
         .fields = fresh_noise},
        {.name = "TCD",
         .aliases = {"TCDScheduler"},
         .run = sample_tcd,
         .schedule = "Uniform",
         .uses_noise = true,
         .fields = fresh_noise},
        {.name = "Euler CFG++",
         .aliases = {"euler_cfg_pp"},
         .run = sample_euler_cfg_pp,
         .schedule = "Uniform",
         .needs_unconditional = true,
         .fields = fresh_noise},
        {.name = "Euler a CFG++",
         .aliases = {"euler_ancestral_cfg_pp"},
         .run = sample_euler_ancestral_cfg_pp,
         .schedule = "Uniform",
         .uses_noise = true,
         .needs_unconditional = true,
         .fields = fresh_noise},
        {.name = "DPM++ 2M CFG++",
         .aliases = {"dpmpp_2m_cfg_pp"},
         .run = sample_dpmpp_2m_cfg_pp,
         .schedule = "Karras",
         .needs_unconditional = true},
        {.name = "DPM++ 2S a CFG++",
         .aliases = {"dpmpp_2s_ancestral_cfg_pp"},
         .run = sample_dpmpp_2s_ancestral_cfg_pp,
         .schedule = "Karras",
         .uses_noise = true,
         .needs_unconditional = true,
         .calls_per_step = 2,
         .fields = fresh_noise},
        {.name = "RES multistep",
         .aliases = {"res_multistep"},
         .run = sample_res_multistep,
         .schedule = "Uniform",
         .fields = fresh_noise},
        {.name = "RES multistep a",
         .aliases = {"res_multistep_ancestral", "RES multistep ancestral"},
         .run = sample_res_multistep_ancestral,
         .schedule = "Uniform",
         .uses_noise = true,
         .fields = fresh_noise},
        {.name = "RES multistep CFG++",
         .aliases = {"res_multistep_cfg_pp"},
         .run = sample_res_multistep_cfg_pp,
         .schedule = "Uniform",
         .needs_unconditional = true,
         .fields = fresh_noise},
        {.name = "RES multistep a CFG++",
         .aliases = {"res_multistep_ancestral_cfg_pp"},
         .run = sample_res_multistep_ancestral_cfg_pp,
         .schedule = "Uniform",
         .uses_noise = true,
         .needs_unconditional = true,
         .fields = fresh_noise},
        {.name = "Gradient estimation",
         .aliases = {"gradient_estimation"},
         .run = sample_gradient_estimation,
         .schedule = "Uniform"},
        {.name = "Gradient estimation CFG++",
         .aliases = {"gradient_estimation_cfg_pp"},
         .run = sample_gradient_estimation_cfg_pp,
         .schedule = "Uniform",
         .needs_unconditional = true},
        {.name = "ER-SDE",
         .aliases = {"er_sde"},
         .run = sample_er_sde,
         .schedule = "Uniform",
         .uses_noise = true,
         .fields = {"s_noise"}},
        {.name = "SA-Solver",
         .aliases = {"sa_solver"},
         .run = sample_sa_solver,
         .schedule = "Uniform",
         .uses_noise = true,
         .fields = fresh_noise},
        {.name = "SA-Solver PECE",
         .aliases = {"sa_solver_pece"},
         .run = sample_sa_solver_pece,
         .schedule = "Uniform",
         .uses_noise = true,
         .calls_per_step = 2,
         .fields = fresh_noise},
        {.name = "SEEDS-2",
         .aliases = {"seeds_2"},
         .run = sample_seeds_2,
         .schedule = "Uniform",
         .uses_noise = true,
         .calls_per_step = 2,
         .fields = fresh_noise},
        {.name = "SEEDS-3",
         .aliases = {"seeds_3"},
         .run = sample_seeds_3,
         .schedule = "Uniform",
         .uses_noise = true,
         .calls_per_step = 3,
         .fields = fresh_noise},
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
