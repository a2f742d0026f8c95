#include "diffusion/pipeline/profile.h"

#include <algorithm>
#include <array>
#include <string>
#include <type_traits>

#include "diffusion/error.h"
#include "diffusion/request_fields.h"

namespace diffusion::pipeline {

namespace {

using sampling::Compatibility;
using sampling::NoiseStream;

constexpr std::array profiles{
    Profile{"Atelier", Compatibility::atelier, NoiseStream::cpu},
    Profile{"A1111", Compatibility::a1111, NoiseStream::nv},
    Profile{"ComfyUI", Compatibility::comfyui, NoiseStream::cpu,
            /*rounds_timesteps=*/true, /*draws_batch_at_once=*/true},
    Profile{"diffusers", Compatibility::diffusers, NoiseStream::cpu,
            /*rounds_timesteps=*/false, /*draws_batch_at_once=*/true},
};

/// What belongs to generators of single pictures.
constexpr std::array per_picture{"variation_strength", "seed_resize_width", "seed_resize_height",
                                 "eta_noise_seed_delta"};

/// What only A1111 does with prompts.
constexpr std::array pads_prompts{"pad_conds", "pad_conds_v0"};

/// What diffusers' schedulers have no argument for.
constexpr std::array not_in_diffusers{"sigma_min",           "sigma_max",
                                      "rho",                 "beta_alpha",
                                      "beta_beta",           "discard_penultimate",
                                      "sgm_noise_multiplier", "unipc_skip_type",
                                      "downcast_alphas"};

template <typename Names>
bool contains(const Names& names, std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

[[noreturn]] void refuse(std::string_view field, const Profile& profile) {
    throw Error(ErrorKind::bad_request,
                std::string(field) + ": " + std::string(profile.name) +
                    " has nothing like it; leave it as it is, or choose another compatibility.");
}

}  // namespace

const Profile& profile_of(const GenerationRequest& request) {
    for (const auto& profile : profiles)
        if (profile.name == request.compatibility) return profile;
    const FieldInfo info{"compatibility", {}, {}, {}, {}, {}, choices::compatibility};
    throw Error(ErrorKind::bad_request, refusal_of_choice(info, request.compatibility));
}

NoiseStream stream_of(const GenerationRequest& request) {
    if (request.random_source == "CPU") return NoiseStream::cpu;
    if (request.random_source == "NV") return NoiseStream::nv;
    return profile_of(request).stream;
}

PromptReading reading_of(const GenerationRequest& request) {
    return prompt_reading(profile_of(request).name, request.emphasis);
}

GenerationRequest with_profile_rules(GenerationRequest request) {
    request.random_source = stream_of(request) == NoiseStream::nv ? "NV" : "CPU";
    request.emphasis = name_of(reading_of(request).emphasis);
    return request;
}

void check_profile(const GenerationRequest& request) {
    const auto& profile = profile_of(request);
    const GenerationRequest defaults;
    visit_request_fields([&](const FieldInfo& info, auto member) {
        if (request.*member == defaults.*member) return;
        if (profile.draws_batch_at_once && contains(per_picture, info.name))
            refuse(info.name, profile);
        const bool is_other = profile.program == Compatibility::comfyui ||
                              profile.program == Compatibility::diffusers;
        if (is_other && contains(pads_prompts, info.name)) refuse(info.name, profile);
        if (profile.program == Compatibility::diffusers && contains(not_in_diffusers, info.name))
            refuse(info.name, profile);
    });
}

}  // namespace diffusion::pipeline
