#pragma once

// The one value that holds every input of a picture. Comparable, copyable, free of torch and Qt;
// request_fields.h lists its fields once for every face.

#include <cstdint>
#include <string>

namespace diffusion {

/// A picture (or a row of them) as asked for. An empty model is the one that ships with Atelier, an
/// empty vae the model's own; a width or height of 0 is the model's native one; a negative seed is drawn
/// when the request is submitted, so that what is stored can be repeated. initial_image and mask are
/// picture files of one size; with them the picture is the given one changed, where the mask is white.
/// A knob of the sampler that is 0 or negative by default is the sampler's, schedule's or model's own;
/// which sampler has which is in Engine::samplers(). "Automatic" leaves a rule to the profile in
/// compatibility, whose program's arithmetic and random numbers are repeated.
struct GenerationRequest {
    std::string model;
    std::string vae;
    std::string prompt;
    std::string negative_prompt;
    std::string prompt_2;           ///< for SDXL's second text encoder; empty: as prompt
    std::string negative_prompt_2;  ///< likewise; empty: as negative_prompt
    int width = 0;
    int height = 0;
    int steps = 20;
    double guidance_scale = 7.0;
    double guidance_rescale = 0.0;
    std::int64_t seed = -1;
    int count = 1;
    std::string sampler = "DPM++ 2M";
    std::string schedule = "Automatic";
    int clip_skip = 1;
    std::string initial_image;
    std::string mask;
    double denoise_strength = 0.75;
    std::string compatibility = "Atelier";

    // Random numbers. A variation seed below 0 is drawn like the seed; it counts where the strength
    // is above 0. Seed resizing takes the noise of a picture of that size, in pixels. The last two
    // are for programs that draw the noise of a batch at once: how many pictures it had, and which
    // of them this is, from 0.
    std::string random_source = "Automatic";
    std::int64_t variation_seed = -1;
    double variation_strength = 0.0;
    int seed_resize_width = 0;
    int seed_resize_height = 0;
    std::int64_t eta_noise_seed_delta = 0;
    int batch_size = 0;
    int batch_position = 0;

    // The sampler.
    double eta = -1.0;
    double s_churn = 0.0;
    double s_tmin = 0.0;
    double s_tmax = 0.0;  ///< 0: no upper end
    double s_noise = 1.0;
    std::string unipc_variant = "Automatic";
    std::string unipc_skip_type = "time_uniform";
    int unipc_order = 0;
    bool unipc_lower_order_final = true;

    // The noise levels.
    double sigma_min = 0.0;
    double sigma_max = 0.0;
    double rho = 0.0;
    double beta_alpha = 0.6;  ///< of the schedule Beta
    double beta_beta = 0.6;
    bool discard_penultimate = false;  ///< also where the sampler doesn't ask for it
    bool sgm_noise_multiplier = false;
    std::string noise_schedule = "Default";
    bool downcast_alphas = false;
    std::string prediction = "Automatic";
    std::string model_family = "Automatic";  ///< the user's word where the file's keys mislead

    // Guidance. start and end are shares of the steps, outside of which the prompt alone counts.
    double guidance_start = 0.0;
    double guidance_end = 1.0;
    double skip_early_guidance = 0.0;  ///< share of the steps
    double guidance_minimum_sigma = 0.0;
    bool guidance_minimum_all_steps = false;

    // How prompts are read.
    std::string emphasis = "Automatic";
    bool prompt_comments = true;
    bool old_prompt_timelines = false;
    bool pad_conds = false;     ///< texts of unequal length are made equal with the empty prompt's
    bool pad_conds_v0 = false;  ///< or, as A1111 before 1.6 had it, the negative one with its last row

    // What the prompts were drawn from, {a|b} and __words__ as they stood; empty where they were
    // none. For the record: pictures depend on the prompts alone.
    std::string prompt_template;
    std::string negative_template;

    // What SDXL is told of the picture: sizes in pixels, 0: those of the picture; the refiner reads
    // the scores.
    int original_width = 0;
    int original_height = 0;
    int target_width = 0;
    int target_height = 0;
    int crop_left = 0;
    int crop_top = 0;
    double aesthetic_score = 6.0;
    double negative_aesthetic_score = 2.5;

    bool operator==(const GenerationRequest&) const = default;
};

}  // namespace diffusion
