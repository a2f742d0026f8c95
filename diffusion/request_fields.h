#pragma once

// The list of the request's fields. Command-line flags, JSON, picture metadata, presets and database
// columns iterate it; a new parameter is one field in request.h and one row here.

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "diffusion/request.h"

namespace diffusion {

/// Closed interval of a number; what lies outside is a bad request.
struct Range {
    double low;
    double high;
};

/// What a row says of its field beside the member itself.
struct FieldInfo {
    std::string_view name;      ///< JSON key and database column
    std::string_view flag;      ///< command line, without the dashes
    std::string_view infotext;  ///< key in the `parameters` text of a PNG; empty: not a pair of its own
    std::string_view help;      ///< one line of --help
    std::optional<Range> range = std::nullopt;
    /// A number outside range that stands for "choose for me" (0 of width, -1 of seed).
    std::optional<double> automatic = std::nullopt;
    /// The only texts that the field may have; empty: any.
    std::span<const std::string_view> choices = {};
};

/// Whether a text may be the field's.
constexpr bool is_choice(const FieldInfo& info, std::string_view value) {
    return info.choices.empty() ||
           std::find(info.choices.begin(), info.choices.end(), value) != info.choices.end();
}

/// 'emphasis: expected Automatic, Original or Ignore, found "loud".'
inline std::string refusal_of_choice(const FieldInfo& info, std::string_view found) {
    std::string text = std::string(info.name) + ": expected ";
    for (size_t i = 0; i < info.choices.size(); ++i)
        text += (i == 0 ? "" : i + 1 == info.choices.size() ? " or " : ", ") +
                std::string(info.choices[i]);
    return text + ", found \"" + std::string(found.substr(0, 60)) + "\".";
}

/// Texts that a field may have.
namespace choices {
inline constexpr std::array<std::string_view, 4> compatibility{"Atelier", "A1111", "ComfyUI",
                                                               "diffusers"};
inline constexpr std::array<std::string_view, 3> random_source{"Automatic", "CPU", "NV"};
inline constexpr std::array<std::string_view, 3> unipc_variant{"Automatic", "bh1", "bh2"};
inline constexpr std::array<std::string_view, 3> unipc_skip_type{"time_uniform", "time_quadratic",
                                                                 "logSNR"};
inline constexpr std::array<std::string_view, 2> noise_schedule{"Default", "Zero Terminal SNR"};
inline constexpr std::array<std::string_view, 3> prediction{"Automatic", "epsilon", "v"};
inline constexpr std::array<std::string_view, 5> model_family{"Automatic", "sd1", "sd2", "sdxl",
                                                              "sdxl_refiner"};
inline constexpr std::array<std::string_view, 6> emphasis{"Automatic", "Original", "No norm",
                                                          "Ignore",    "None",     "ComfyUI"};
}  // namespace choices

/// The largest whole number that every program between here and a database keeps.
inline constexpr double largest_whole = 9007199254740991.0;

/// The rest of the list: knobs that are left alone for most pictures.
template <typename Visitor>
void visit_noise_fields(Visitor& visit) {
    using R = GenerationRequest;
    visit(FieldInfo{"random_source", "rng", "RNG", "whose random numbers: the processor's or an NVIDIA GPU's",
                    {}, {}, choices::random_source},
          &R::random_source);
    visit(FieldInfo{"variation_seed", "variation-seed", "Variation seed",
                    "seed of the noise to vary towards; default: a new one", Range{0, largest_whole}, -1},
          &R::variation_seed);
    visit(FieldInfo{"variation_strength", "variation-strength", "Variation seed strength",
                    "how far to vary", Range{0, 1}},
          &R::variation_strength);
    visit(FieldInfo{"seed_resize_width", "seed-resize-width", "",
                    "take the noise of a picture this wide", Range{8, 8192}, 0},
          &R::seed_resize_width);
    visit(FieldInfo{"seed_resize_height", "seed-resize-height", "",
                    "take the noise of a picture this high", Range{8, 8192}, 0},
          &R::seed_resize_height);
    visit(FieldInfo{"eta_noise_seed_delta", "ensd", "ENSD",
                    "added to the seed of the noise within the steps", Range{0, largest_whole}},
          &R::eta_noise_seed_delta);
    visit(FieldInfo{"batch_size", "batch-size", "Batch size",
                    "pictures whose noise ComfyUI or diffusers drew at once; default: count",
                    Range{1, 1000}, 0},
          &R::batch_size);
    visit(FieldInfo{"batch_position", "batch-position", "Batch pos",
                    "which of them to begin with, from 0", Range{0, 999}},
          &R::batch_position);
}

template <typename Visitor>
void visit_sampler_fields(Visitor& visit) {
    using R = GenerationRequest;
    visit(FieldInfo{"eta", "eta", "Eta", "share of fresh noise in a step; default: the sampler's own",
                    Range{0, 100}, -1},
          &R::eta);
    visit(FieldInfo{"s_churn", "s-churn", "Sigma churn", "noise added before a step", Range{0, 100}},
          &R::s_churn);
    visit(FieldInfo{"s_tmin", "s-tmin", "Sigma tmin", "lowest sigma where it is", Range{0, 100000}},
          &R::s_tmin);
    visit(FieldInfo{"s_tmax", "s-tmax", "Sigma tmax", "highest sigma where it is; 0: any",
                    Range{0, 100000}},
          &R::s_tmax);
    visit(FieldInfo{"s_noise", "s-noise", "Sigma noise", "factor of the noise within the steps",
                    Range{0, 10}},
          &R::s_noise);
    visit(FieldInfo{"unipc_variant", "unipc-variant", "UniPC variant", "formula of UniPC",
                    {}, {}, choices::unipc_variant},
          &R::unipc_variant);
    visit(FieldInfo{"unipc_skip_type", "unipc-skip-type", "UniPC skip type", "how UniPC spaces its steps",
                    {}, {}, choices::unipc_skip_type},
          &R::unipc_skip_type);
    visit(FieldInfo{"unipc_order", "unipc-order", "UniPC order", "order of UniPC; 0: as the profile has it", Range{1, 9}, 0},
          &R::unipc_order);
    visit(FieldInfo{"unipc_lower_order_final", "unipc-lower-order-final", "UniPC lower order final",
                    "UniPC lowers its order in the last steps"},
          &R::unipc_lower_order_final);
}

template <typename Visitor>
void visit_schedule_fields(Visitor& visit) {
    using R = GenerationRequest;
    visit(FieldInfo{"sigma_min", "sigma-min", "Schedule min sigma", "lowest noise level; 0: the model's",
                    Range{0, 100000}},
          &R::sigma_min);
    visit(FieldInfo{"sigma_max", "sigma-max", "Schedule max sigma", "highest noise level; 0: the model's",
                    Range{0, 100000}},
          &R::sigma_max);
    visit(FieldInfo{"rho", "rho", "Schedule rho", "bend of Karras and Polyexponential; 0: their own",
                    Range{0, 100}},
          &R::rho);
    visit(FieldInfo{"beta_alpha", "beta-alpha", "Beta schedule alpha", "first number of the schedule Beta",
                    Range{0.01, 10}},
          &R::beta_alpha);
    visit(FieldInfo{"beta_beta", "beta-beta", "Beta schedule beta", "second number of the schedule Beta",
                    Range{0.01, 10}},
          &R::beta_beta);
    visit(FieldInfo{"discard_penultimate", "discard-penultimate", "Discard penultimate sigma",
                    "leave the noise level before the last one out"},
          &R::discard_penultimate);
    visit(FieldInfo{"sgm_noise_multiplier", "sgm-noise-multiplier", "SGM noise multiplier",
                    "begin with the noise of SDXL's own code"},
          &R::sgm_noise_multiplier);
    visit(FieldInfo{"noise_schedule", "noise-schedule", "Noise Schedule",
                    "the model's noise levels, or rescaled to end in pure noise",
                    {}, {}, choices::noise_schedule},
          &R::noise_schedule);
    visit(FieldInfo{"downcast_alphas", "downcast-alphas", "Downcast alphas_cumprod",
                    "noise levels rounded to 16 bits, as A1111 before 1.7 had them"},
          &R::downcast_alphas);
    visit(FieldInfo{"prediction", "prediction", "Prediction",
                    "what the model predicts, where its file says nothing or the wrong thing",
                    {}, {}, choices::prediction},
          &R::prediction);
    visit(FieldInfo{"model_family", "family", "Model family",
                    "which family the model is of, where its file says the wrong thing",
                    {}, {}, choices::model_family},
          &R::model_family);
}

template <typename Visitor>
void visit_guidance_fields(Visitor& visit) {
    using R = GenerationRequest;
    visit(FieldInfo{"guidance_start", "cfg-start", "CFG start", "share of the steps before guidance",
                    Range{0, 1}},
          &R::guidance_start);
    visit(FieldInfo{"guidance_end", "cfg-end", "CFG end", "share of the steps when guidance ends",
                    Range{0, 1}},
          &R::guidance_end);
    visit(FieldInfo{"skip_early_guidance", "skip-early-cfg", "Skip Early CFG",
                    "share of the steps without guidance, as A1111 counts it", Range{0, 1}},
          &R::skip_early_guidance);
    visit(FieldInfo{"guidance_minimum_sigma", "ngms", "NGMS",
                    "noise level below which every other step goes without guidance", Range{0, 100000}},
          &R::guidance_minimum_sigma);
    visit(FieldInfo{"guidance_minimum_all_steps", "ngms-all-steps", "NGMS all steps",
                    "below it every step goes without guidance"},
          &R::guidance_minimum_all_steps);
}

template <typename Visitor>
void visit_text_fields(Visitor& visit) {
    using R = GenerationRequest;
    visit(FieldInfo{"emphasis", "emphasis", "Emphasis", "what weights in a prompt do",
                    {}, {}, choices::emphasis},
          &R::emphasis);
    visit(FieldInfo{"prompt_comments", "prompt-comments", "Prompt comments",
                    "# hides the rest of its line from the model"},
          &R::prompt_comments);
    visit(FieldInfo{"old_prompt_timelines", "old-prompt-timelines", "Old prompt editing timelines",
                    "[from:to:when] as A1111 before 1.6 counted it"},
          &R::old_prompt_timelines);
    visit(FieldInfo{"pad_conds", "pad-conds", "Pad conds",
                    "the shorter prompt is filled up to the longer one, as A1111 can do it"},
          &R::pad_conds);
    visit(FieldInfo{"pad_conds_v0", "pad-conds-v0", "Pad conds v0",
                    "the same as A1111 before 1.6 did it"},
          &R::pad_conds_v0);
    visit(FieldInfo{"prompt_template", "template", "Template",
                    "for the record: what the prompt was expanded from"},
          &R::prompt_template);
    visit(FieldInfo{"negative_template", "negative-template", "Negative Template",
                    "for the record: what the negative prompt was expanded from"},
          &R::negative_template);
}

template <typename Visitor>
void visit_sdxl_fields(Visitor& visit) {
    using R = GenerationRequest;
    const auto size = [&](const char* name, const char* flag, const char* key, const char* help,
                          auto member) {
        visit(FieldInfo{name, flag, key, help, Range{8, 8192}, 0}, member);
    };
    size("original_width", "original-width", "SDXL original width",
         "SDXL: width of the picture that it should look like", &R::original_width);
    size("original_height", "original-height", "SDXL original height",
         "SDXL: height of the picture that it should look like", &R::original_height);
    size("target_width", "target-width", "SDXL target width", "SDXL: width that it is made for",
         &R::target_width);
    size("target_height", "target-height", "SDXL target height", "SDXL: height that it is made for",
         &R::target_height);
    visit(FieldInfo{"crop_left", "crop-left", "SDXL crop left", "SDXL: pixels cut off on the left",
                    Range{0, 8192}},
          &R::crop_left);
    visit(FieldInfo{"crop_top", "crop-top", "SDXL crop top", "SDXL: pixels cut off above",
                    Range{0, 8192}},
          &R::crop_top);
    visit(FieldInfo{"aesthetic_score", "aesthetic-score", "SDXL aesthetic score",
                    "SDXL refiner: how good the picture should be", Range{0, 10}},
          &R::aesthetic_score);
    visit(FieldInfo{"negative_aesthetic_score", "negative-aesthetic-score",
                    "SDXL negative aesthetic score", "SDXL refiner: how good what it should not be is",
                    Range{0, 10}},
          &R::negative_aesthetic_score);
}

/// Calls visit(FieldInfo, member pointer) for every field, in the order that faces show.
template <typename Visitor>
void visit_request_fields(Visitor&& visit) {
    using R = GenerationRequest;
    visit(FieldInfo{"prompt", "prompt", "", "what the picture shows"}, &R::prompt);
    visit(FieldInfo{"negative_prompt", "negative", "Negative prompt", "what it should not show"},
          &R::negative_prompt);
    visit(FieldInfo{"prompt_2", "prompt-2", "Prompt 2",
                    "prompt of SDXL's second text encoder; default: the same"},
          &R::prompt_2);
    visit(FieldInfo{"negative_prompt_2", "negative-2", "Negative prompt 2",
                    "negative prompt of SDXL's second text encoder; default: the same"},
          &R::negative_prompt_2);
    visit(FieldInfo{"model", "model", "Model", "file or folder of the model; default: the one that ships"},
          &R::model);
    visit(FieldInfo{"vae", "vae", "VAE",
                    "file or folder of another autoencoder (VAE or TAESD); default: the model's own"},
          &R::vae);
    visit(FieldInfo{"width", "width", "", "pixels; default: the model's native size", Range{8, 8192}, 0},
          &R::width);
    visit(FieldInfo{"height", "height", "", "pixels; default: the model's native size", Range{8, 8192}, 0},
          &R::height);
    visit(FieldInfo{"steps", "steps", "Steps", "sampling steps", Range{1, 1000}}, &R::steps);
    visit(FieldInfo{"guidance_scale", "cfg", "CFG scale", "how strongly the prompt guides; 1 is not at all",
                    Range{0, 100}},
          &R::guidance_scale);
    visit(FieldInfo{"guidance_rescale", "cfg-rescale", "CFG rescale φ",
                    "share of the guided picture's contrast put back to the unguided one's", Range{0, 1}},
          &R::guidance_rescale);
    visit(FieldInfo{"seed", "seed", "Seed", "number that the noise grows from; default: a new one",
                    Range{0, largest_whole}, -1},
          &R::seed);
    visit(FieldInfo{"count", "count", "Count", "pictures, from seed, seed + 1, ...", Range{1, 1000}},
          &R::count);
    visit(FieldInfo{"sampler", "sampler", "Sampler", "algorithm; see `atelier samplers`"}, &R::sampler);
    visit(FieldInfo{"schedule", "scheduler", "Schedule type", "noise levels; see `atelier samplers`, or a list of them: 14.6, 7.2, 3.1, 0"},
          &R::schedule);
    visit(FieldInfo{"clip_skip", "clip-skip", "Clip skip", "text layer counted from the last", Range{1, 12}},
          &R::clip_skip);
    visit(FieldInfo{"initial_image", "init", "", "picture file to start from"},
          &R::initial_image);
    visit(FieldInfo{"mask", "mask", "",
                    "picture file of the same size: white is made anew, black stays"},
          &R::mask);
    visit(FieldInfo{"denoise_strength", "denoise", "Denoising strength",
                    "how much of the picture to start from may change", Range{0, 1}},
          &R::denoise_strength);
    visit(FieldInfo{"compatibility", "compatibility", "Compatibility",
                    "whose arithmetic and random numbers to repeat", {}, {}, choices::compatibility},
          &R::compatibility);
    visit_noise_fields(visit);
    visit_sampler_fields(visit);
    visit_schedule_fields(visit);
    visit_guidance_fields(visit);
    visit_text_fields(visit);
    visit_sdxl_fields(visit);
}

}  // namespace diffusion
