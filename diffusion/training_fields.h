#pragma once

// The list of what the training of a LoRA or an embedding can be told. Command-line flags, the
// window's controls and its journal iterate it; a new one is a field in training_request.h and a row
// here. A switch that is on by default has the flag --no-FLAG.

#include <array>
#include <string_view>
#include <type_traits>

#include "diffusion/request_fields.h"
#include "diffusion/training_request.h"

namespace diffusion {

namespace choices {
inline constexpr std::array<std::string_view, 2> rate_schedule{"constant", "cosine"};
inline constexpr std::array<std::string_view, 3> device{"auto", "cpu", "cuda"};
}  // namespace choices

/// When any training ends, shows and saves, and where it computes.
template <typename Visitor>
void visit_run_fields(Visitor& visit) {
    using R = TrainRequest;
    visit(FieldInfo{"steps", "steps", "", "end at this step; 0: no limit", Range{0, 1e9}}, &R::steps);
    visit(FieldInfo{"minutes", "minutes", "", "end after so long; 0: no limit", Range{0, 1e6}}, &R::minutes);
    visit(FieldInfo{"minutes_per_sheet", "sheet-minutes", "", "time between sample sheets; 0: none",
                    Range{0, 1e6}},
          &R::minutes_per_sheet);
    visit(FieldInfo{"steps_per_sheet", "sheet-steps", "", "steps between sample sheets; 0: none",
                    Range{0, 1e9}},
          &R::steps_per_sheet);
    visit(FieldInfo{"minutes_per_save", "save-minutes", "", "time between saved states",
                    Range{0.001, 1e6}},
          &R::minutes_per_save);
    visit(FieldInfo{"steps_per_copy", "copy-steps", "",
                    "steps between copies of the result that stay; 0: none", Range{0, 1e9}},
          &R::steps_per_copy);
    visit(FieldInfo{"threads", "threads", "", "default: one per core", Range{1, 4096}, 0}, &R::threads);
    visit(FieldInfo{"device", "device", "", "where it computes", {}, {}, choices::device}, &R::device);
}

/// What LoRAs and embeddings have in common, but for files and texts.
template <typename Visitor>
void visit_lesson_fields(Visitor& visit) {
    using L = LessonOptions;
    visit(FieldInfo{"extent", "extent", "",
                    "pictures are brought to about that many pixels squared; default: the model's",
                    Range{64, 4096}, 0},
          &L::extent);
    visit(FieldInfo{"batch", "batch", "", "pictures at once", Range{1, 1024}}, &L::batch);
    visit(FieldInfo{"accumulation", "accumulate", "", "batches that make one step", Range{1, 1024}},
          &L::accumulation);
    visit(FieldInfo{"seed", "seed", "", "of order, noise and first weights", Range{0, 0x1p63}},
          &L::seed);
    visit(FieldInfo{"recomputes", "checkpointing", "",
                    "keep less for the gradients and compute it again: less memory, more time"},
          &L::recomputes);
    visit(FieldInfo{"learning_rate", "learning-rate", "", "how far a step goes", Range{1e-9, 10}},
          &L::learning_rate);
    visit(FieldInfo{"schedule", "schedule", "",
                    "of the learning rate: constant, or cosine towards the last step",
                    {}, {}, choices::rate_schedule},
          &L::schedule);
    visit(FieldInfo{"warm_up_steps", "warm-up", "", "steps in which the learning rate rises",
                    Range{0, 1e9}},
          &L::warm_up_steps);
    visit(FieldInfo{"ema_decay", "ema", "",
                    "write the running average that keeps this share in a step, like 0.99; 0: the last "
                    "state",
                    Range{0, 0.999999}},
          &L::ema_decay);
    visit(FieldInfo{"snr_limit", "min-snr", "", "limit of the min-SNR weight; 0: none", Range{0, 1000}},
          &L::snr_limit);
    visit(FieldInfo{"noise_offset", "noise-offset", "", "noise of the whole picture's brightness",
                    Range{0, 1}},
          &L::noise_offset);
}

template <typename Visitor>
void visit_lora_fields(Visitor& visit) {
    using L = LoraTraining;
    visit(FieldInfo{"rank", "rank", "", "of the two factors of each layer", Range{1, 1024}}, &L::rank);
    visit(FieldInfo{"alpha", "alpha", "", "strength is alpha / rank", Range{0.001, 4096}}, &L::alpha);
    visit(FieldInfo{"has_convolutions", "conv", "", "residual blocks and resamplers learn, too"},
          &L::has_convolutions);
    visit(FieldInfo{"has_text_encoder", "text-encoder", "", "only the UNet learns"},
          &L::has_text_encoder);
}

template <typename Visitor>
void visit_embedding_fields(Visitor& visit) {
    using E = EmbeddingTraining;
    visit(FieldInfo{"initial_text", "begin-as", "", "words whose meaning it begins with"},
          &E::initial_text);
    visit(FieldInfo{"vectors", "vectors", "", "how many tokens it takes in a prompt", Range{1, 75}},
          &E::vectors);
}

/// What a row says of a field, found by the member; its name is empty where there is no row.
template <typename Wanted>
FieldInfo training_field(Wanted wanted) {
    FieldInfo found;
    const auto look = [&](const FieldInfo& info, auto member) {
        if constexpr (std::is_same_v<decltype(member), Wanted>)
            if (member == wanted) found = info;
    };
    visit_run_fields(look);
    visit_lesson_fields(look);
    visit_lora_fields(look);
    visit_embedding_fields(look);
    return found;
}

}  // namespace diffusion
