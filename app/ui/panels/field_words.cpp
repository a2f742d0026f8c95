#include "app/ui/panels/field_words.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace ui {
namespace {

constexpr std::array words{
    FieldWords{
        "variation_strength", Knobs::variation, QT_TRANSLATE_NOOP("fields", "Strength"),
        QT_TRANSLATE_NOOP("fields", "How far the picture goes towards that of the variation seed")},
    FieldWords{"variation_seed", Knobs::variation, QT_TRANSLATE_NOOP("fields", "Seed"),
               QT_TRANSLATE_NOOP("fields",
                                 "Seed of the noise to vary towards; empty: a new one each time")},
    FieldWords{"seed_resize_width", Knobs::variation, QT_TRANSLATE_NOOP("fields", "From width"),
               QT_TRANSLATE_NOOP(
                   "fields",
                   "Takes the noise of a picture this wide, so that another size keeps the motif")},
    FieldWords{"seed_resize_height", Knobs::variation, QT_TRANSLATE_NOOP("fields", "From height"),
               QT_TRANSLATE_NOOP("fields", "Takes the noise of a picture this high")},
    FieldWords{
        "random_source", Knobs::variation, QT_TRANSLATE_NOOP("fields", "Random numbers"),
        QT_TRANSLATE_NOOP(
            "fields", "Whose random numbers: the processor's, or those that an NVIDIA GPU draws")},
    FieldWords{
        "eta_noise_seed_delta", Knobs::variation, QT_TRANSLATE_NOOP("fields", "Noise seed +"),
        QT_TRANSLATE_NOOP("fields", "Added to the seed of the noise within the steps (ENSD)")},
    FieldWords{"batch_size", Knobs::variation, QT_TRANSLATE_NOOP("fields", "Batch"),
               QT_TRANSLATE_NOOP(
                   "fields",
                   "How many pictures ComfyUI or diffusers made at once, to repeat one of them")},
    FieldWords{"batch_position", Knobs::variation, QT_TRANSLATE_NOOP("fields", "Place in it"),
               QT_TRANSLATE_NOOP("fields", "Which picture of that batch to begin with, from 0")},

    FieldWords{"eta", Knobs::sampler, QT_TRANSLATE_NOOP("fields", "Eta"),
               QT_TRANSLATE_NOOP("fields", "Share of fresh noise in each step")},
    FieldWords{"s_churn", Knobs::sampler, QT_TRANSLATE_NOOP("fields", "Churn"),
               QT_TRANSLATE_NOOP("fields", "Noise that is added before a step")},
    FieldWords{"s_tmin", Knobs::sampler, QT_TRANSLATE_NOOP("fields", "Churn from"),
               QT_TRANSLATE_NOOP("fields", "Lowest noise level at which noise is added")},
    FieldWords{"s_tmax", Knobs::sampler, QT_TRANSLATE_NOOP("fields", "Churn to"),
               QT_TRANSLATE_NOOP("fields", "Highest noise level at which noise is added; 0: any")},
    FieldWords{"s_noise", Knobs::sampler, QT_TRANSLATE_NOOP("fields", "Noise factor"),
               QT_TRANSLATE_NOOP("fields", "Strength of the noise that is added")},
    FieldWords{"unipc_variant", Knobs::sampler, QT_TRANSLATE_NOOP("fields", "Variant"),
               QT_TRANSLATE_NOOP("fields", "Formula of UniPC")},
    FieldWords{"unipc_skip_type", Knobs::sampler, QT_TRANSLATE_NOOP("fields", "Spacing"),
               QT_TRANSLATE_NOOP("fields", "How UniPC spaces its steps")},
    FieldWords{"unipc_order", Knobs::sampler, QT_TRANSLATE_NOOP("fields", "Order"),
               QT_TRANSLATE_NOOP("fields", "Order of UniPC")},
    FieldWords{"unipc_lower_order_final", Knobs::sampler,
               QT_TRANSLATE_NOOP("fields", "Lower order at the end"),
               QT_TRANSLATE_NOOP("fields", "UniPC lowers its order in the last steps")},

    FieldWords{"sigma_min", Knobs::levels, QT_TRANSLATE_NOOP("fields", "Lowest"),
               QT_TRANSLATE_NOOP("fields", "Lowest noise level (sigma min); 0: the model's")},
    FieldWords{"sigma_max", Knobs::levels, QT_TRANSLATE_NOOP("fields", "Highest"),
               QT_TRANSLATE_NOOP("fields", "Highest noise level (sigma max); 0: the model's")},
    FieldWords{"rho", Knobs::levels, QT_TRANSLATE_NOOP("fields", "Rho"),
               QT_TRANSLATE_NOOP("fields",
                                 "How strongly Karras and Polyexponential are bent; 0: their own")},
    FieldWords{"beta_alpha", Knobs::levels, QT_TRANSLATE_NOOP("fields", "Beta α"),
               QT_TRANSLATE_NOOP("fields", "First number of the schedule Beta")},
    FieldWords{"beta_beta", Knobs::levels, QT_TRANSLATE_NOOP("fields", "Beta β"),
               QT_TRANSLATE_NOOP("fields", "Second number of the schedule Beta")},
    FieldWords{"discard_penultimate", Knobs::levels,
               QT_TRANSLATE_NOOP("fields", "Leave out the last but one"),
               QT_TRANSLATE_NOOP("fields", "The noise level before the last one is left out")},
    FieldWords{"sgm_noise_multiplier", Knobs::levels,
               QT_TRANSLATE_NOOP("fields", "SDXL's own first noise"),
               QT_TRANSLATE_NOOP("fields", "Begins with as much noise as SDXL's own code does")},
    FieldWords{
        "noise_schedule", Knobs::levels, QT_TRANSLATE_NOOP("fields", "Table"),
        QT_TRANSLATE_NOOP("fields",
                          "The model's noise levels, or rescaled so that they end in pure noise")},
    FieldWords{"downcast_alphas", Knobs::levels, QT_TRANSLATE_NOOP("fields", "Rounded to 16 bits"),
               QT_TRANSLATE_NOOP("fields", "Noise levels as A1111 before 1.7 had them")},
    FieldWords{
        "prediction", Knobs::levels, QT_TRANSLATE_NOOP("fields", "Prediction"),
        QT_TRANSLATE_NOOP(
            "fields", "What the model predicts, where its file says nothing or the wrong thing")},
    FieldWords{
        "model_family", Knobs::levels, QT_TRANSLATE_NOOP("fields", "Family"),
        QT_TRANSLATE_NOOP("fields", "What the model is, where its file is taken for another")},

    FieldWords{
        "guidance_start", Knobs::guidance, QT_TRANSLATE_NOOP("fields", "From"),
        QT_TRANSLATE_NOOP("fields", "Share of the steps before which the prompt alone counts")},
    FieldWords{
        "guidance_end", Knobs::guidance, QT_TRANSLATE_NOOP("fields", "To"),
        QT_TRANSLATE_NOOP("fields", "Share of the steps after which the prompt alone counts")},
    FieldWords{"skip_early_guidance", Knobs::guidance, QT_TRANSLATE_NOOP("fields", "Skip early"),
               QT_TRANSLATE_NOOP("fields",
                                 "Share of the first steps without guidance, as A1111 counts it")},
    FieldWords{
        "guidance_minimum_sigma", Knobs::guidance, QT_TRANSLATE_NOOP("fields", "Skip below"),
        QT_TRANSLATE_NOOP("fields",
                          "Noise level below which every other step goes without guidance (NGMS)")},
    FieldWords{"guidance_minimum_all_steps", Knobs::guidance,
               QT_TRANSLATE_NOOP("fields", "Skip every step below"),
               QT_TRANSLATE_NOOP("fields", "Below that level every step goes without guidance")},

    FieldWords{"emphasis", Knobs::prompt, QT_TRANSLATE_NOOP("fields", "Weights"),
               QT_TRANSLATE_NOOP("fields", "What weights in a prompt do")},
    FieldWords{"prompt_comments", Knobs::prompt, QT_TRANSLATE_NOOP("fields", "# begins a comment"),
               QT_TRANSLATE_NOOP("fields", "What follows a # in a line is not read by the model")},
    FieldWords{"old_prompt_timelines", Knobs::prompt,
               QT_TRANSLATE_NOOP("fields", "Old [from:to:when]"),
               QT_TRANSLATE_NOOP("fields", "Counts steps as A1111 before 1.6 did")},
    FieldWords{"pad_conds", Knobs::prompt, QT_TRANSLATE_NOOP("fields", "Equal lengths"),
               QT_TRANSLATE_NOOP("fields",
                                 "The shorter prompt is filled up to the longer one (A1111's “Pad conds”)")},
    FieldWords{"pad_conds_v0", Knobs::prompt, QT_TRANSLATE_NOOP("fields", "Equal lengths, old way"),
               QT_TRANSLATE_NOOP("fields", "The same as A1111 before 1.6 did it with DDIM and PLMS")},
    FieldWords{"prompt_2", Knobs::prompt, QT_TRANSLATE_NOOP("fields", "Second prompt"),
               QT_TRANSLATE_NOOP("fields", "For SDXL's second text encoder; empty: the same")},
    FieldWords{"negative_prompt_2", Knobs::prompt, QT_TRANSLATE_NOOP("fields", "Second negative"),
               QT_TRANSLATE_NOOP("fields", "For SDXL's second text encoder; empty: the same")},

    FieldWords{"original_width", Knobs::sdxl, QT_TRANSLATE_NOOP("fields", "Original width"),
               QT_TRANSLATE_NOOP("fields",
                                 "Width of the picture that it should look like; 0: this one's")},
    FieldWords{"original_height", Knobs::sdxl, QT_TRANSLATE_NOOP("fields", "Original height"),
               QT_TRANSLATE_NOOP("fields",
                                 "Height of the picture that it should look like; 0: this one's")},
    FieldWords{"target_width", Knobs::sdxl, QT_TRANSLATE_NOOP("fields", "Target width"),
               QT_TRANSLATE_NOOP("fields", "Width that it is made for; 0: this one's")},
    FieldWords{"target_height", Knobs::sdxl, QT_TRANSLATE_NOOP("fields", "Target height"),
               QT_TRANSLATE_NOOP("fields", "Height that it is made for; 0: this one's")},
    FieldWords{"crop_left", Knobs::sdxl, QT_TRANSLATE_NOOP("fields", "Cut off left"),
               QT_TRANSLATE_NOOP("fields", "Pixels cut off on the left")},
    FieldWords{"crop_top", Knobs::sdxl, QT_TRANSLATE_NOOP("fields", "Cut off above"),
               QT_TRANSLATE_NOOP("fields", "Pixels cut off above")},
    FieldWords{"aesthetic_score", Knobs::sdxl, QT_TRANSLATE_NOOP("fields", "Score"),
               QT_TRANSLATE_NOOP("fields", "How good the refiner takes the picture to be")},
    FieldWords{"negative_aesthetic_score", Knobs::sdxl,
               QT_TRANSLATE_NOOP("fields", "Negative score"),
               QT_TRANSLATE_NOOP("fields", "How good the refiner takes what it avoids to be")},
};

constexpr std::array titles{
    QT_TRANSLATE_NOOP("fields", "Variation"),       QT_TRANSLATE_NOOP("fields", "Sampler's knobs"),
    QT_TRANSLATE_NOOP("fields", "Noise levels"),    QT_TRANSLATE_NOOP("fields", "Guidance"),
    QT_TRANSLATE_NOOP("fields", "Reading prompts"), QT_TRANSLATE_NOOP("fields", "SDXL")};

// Choices that are words; the others are names that stay.
[[maybe_unused]] constexpr std::array choiceWords{
    QT_TRANSLATE_NOOP("fields", "Automatic"), QT_TRANSLATE_NOOP("fields", "Default"),
    QT_TRANSLATE_NOOP("fields", "Original"),  QT_TRANSLATE_NOOP("fields", "No norm"),
    QT_TRANSLATE_NOOP("fields", "Ignore"),    QT_TRANSLATE_NOOP("fields", "None")};

QString say(const char* text) {
    return QCoreApplication::translate("fields", text);
}

}  // namespace

std::span<const FieldWords> fieldWords() {
    return words;
}

const FieldWords* wordsOf(std::string_view field) {
    const auto found = std::find_if(words.begin(), words.end(),
                                    [&](const auto& row) { return row.field == field; });
    return found == words.end() ? nullptr : &*found;
}

QString labelOf(const FieldWords& row) {
    return say(row.label);
}

QString helpOf(const FieldWords& row) {
    return say(row.help);
}

QString titleOf(Knobs section) {
    return say(titles[std::size_t(section)]);
}

QString choiceText(std::string_view choice) {
    return say(std::string(choice).c_str());
}

}  // namespace ui
