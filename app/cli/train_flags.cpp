#include "app/cli/train_flags.h"

#include <filesystem>

namespace cli {
namespace {

using diffusion::TrainingStage;

/// What every kind of training has: when it ends, shows and saves, and where it computes.
void addRun(CLI::App& parser, diffusion::TrainRequest& request, bool& isJson) {
    parser.add_option("--steps", request.steps, "end at this step; 0: no limit")
        ->check(CLI::NonNegativeNumber)
        ->capture_default_str();
    parser.add_option("--minutes", request.minutes, "end after so long; 0: no limit")
        ->check(CLI::NonNegativeNumber);
    parser
        .add_option("--sheet-minutes", request.minutes_per_sheet,
                    "time between sample sheets; 0: none")
        ->check(CLI::NonNegativeNumber)
        ->capture_default_str();
    parser.add_option("--sheet-steps", request.steps_per_sheet, "steps between sample sheets; 0: none")
        ->check(CLI::NonNegativeNumber);
    parser.add_option("--save-minutes", request.minutes_per_save, "time between saved states")
        ->check(CLI::PositiveNumber)
        ->capture_default_str();
    parser
        .add_option("--copy-steps", request.steps_per_copy,
                    "steps between copies of the result that stay; 0: none")
        ->check(CLI::NonNegativeNumber);
    parser.add_option("--threads", request.threads, "default: one per core")
        ->check(CLI::NonNegativeNumber);
    parser.add_option("--device", request.device, "auto, cpu or cuda")
        ->check(CLI::IsMember({"auto", "cpu", "cuda"}));
    parser.add_flag("--json", isJson, "one JSON object a line on standard output");
}

void addRates(CLI::App& parser, diffusion::LessonOptions& lessons) {
    parser
        .add_option("--learning-rate", lessons.learning_rate, "how far a step goes")
        ->check(CLI::PositiveNumber)
        ->capture_default_str();
    parser
        .add_option("--schedule", lessons.schedule,
                    "of the learning rate: constant, or cosine towards the last step")
        ->check(CLI::IsMember({"constant", "cosine"}));
    parser.add_option("--warm-up", lessons.warm_up_steps, "steps in which the learning rate rises")
        ->check(CLI::NonNegativeNumber);
    parser
        .add_option("--ema", lessons.ema_decay,
                    "write the running average that keeps this share in a step, like 0.99; 0: the last state")
        ->check(CLI::Range(0.0, 0.999999));
    parser
        .add_option("--min-snr", lessons.snr_limit, "limit of the min-SNR weight; 0: none; default: 5")
        ->check(CLI::NonNegativeNumber);
    parser
        .add_option("--noise-offset", lessons.noise_offset, "noise of the whole picture's brightness")
        ->check(CLI::Range(0.0, 1.0));
}

void addLessons(CLI::App& parser, diffusion::LessonOptions& lessons) {
    parser
        .add_option("FOLDER", lessons.folder,
                    "pictures with captions beside them (cat.png, cat.txt) or in captions.jsonl")
        ->required();
    parser.add_option("--out", lessons.output, "the .safetensors file to write")->required();
    parser.add_option("--model", lessons.model,
                      "file or folder of the model that learns; default: the one that ships");
    parser
        .add_option("--extent", lessons.extent,
                    "pictures are brought to about that many pixels squared; default: the model's")
        ->check(CLI::Range(64, 4096));
    parser.add_option("--batch", lessons.batch, "pictures at once")->check(CLI::Range(1, 1024));
    parser.add_option("--accumulate", lessons.accumulation, "batches that make one step")
        ->check(CLI::Range(1, 1024));
    parser.add_option("--sample", lessons.sample_prompts,
                      "prompt of a picture on the sample sheets; may stand several times; default: the "
                      "first captions")
        ->allow_extra_args(false);
    parser.add_option("--seed", lessons.seed, "of order, noise and first weights; default: 1");
    parser.add_flag("--checkpointing", lessons.recomputes,
                    "keep less for the gradients and compute it again: less memory, more time");
    addRates(parser, lessons);
}

void addLora(CLI::App& parser, diffusion::LoraTraining& lora) {
    parser.add_option("--rank", lora.rank, "of the two factors of each layer")
        ->check(CLI::Range(1, 1024))
        ->capture_default_str();
    parser.add_option("--alpha", lora.alpha, "strength is alpha / rank; default: 16")
        ->check(CLI::PositiveNumber);
    parser.add_flag("--conv", lora.has_convolutions, "residual blocks and resamplers learn, too");
    parser.add_flag("!--no-text-encoder", lora.has_text_encoder, "only the UNet learns");
}

void addEmbedding(CLI::App& parser, diffusion::EmbeddingTraining& embedding) {
    parser.add_option("--name", embedding.name,
                      "as prompts and captions write it; default: the name of the output");
    parser.add_option("--begin-as", embedding.initial_text, "words whose meaning it begins with")
        ->capture_default_str();
    parser.add_option("--vectors", embedding.vectors, "how many tokens it takes in a prompt")
        ->check(CLI::Range(1, 75))
        ->capture_default_str();
}

}  // namespace

PackFlags::PackFlags(CLI::App& parser) {
    parser.add_option("FOLDER", request.folder, "holds captions.jsonl and its pictures")->required();
    parser.add_option("--out", request.output, "the file to write")->required();
    parser
        .add_option("--extent", request.extent, "pixels of a side; pictures are fitted in white")
        ->check(CLI::Range(16, 2048));
    parser
        .add_option("--level-step", request.level_step, "distance of stored levels; 1 is lossless")
        ->check(CLI::Range(1, 16));
    parser.add_flag("--json", isJson, "one JSON object a line on standard output");
}

TrainFlags::TrainFlags(CLI::App& parser) {
    parser.add_option("SOURCE", request.pack, "a pack, or a folder with captions.jsonl");
    parser.add_option("--work", request.work_folder,
                      "states, logs and sample sheets; training goes on there");
    parser.add_option("--stage", stage, "autoencoder, model or all")
        ->check(CLI::IsMember({"autoencoder", "model", "all"}));
    parser.add_option("--config", request.config,
                      "JSON with sizes and rates; default: the shipped model's");
    parser.add_option("--export", request.export_folder, "write the model there at the end");
    addRun(parser, request, isJson);
}

LessonFlags::LessonFlags(CLI::App& parser, TrainingStage stage) {
    request.stage = stage;
    request.steps = 1000;
    request.minutes_per_sheet = 0;
    addLessons(parser, lessons());
    if (stage == TrainingStage::lora) addLora(parser, request.lora);
    else addEmbedding(parser, request.embedding);
    parser.add_option("--work", request.work_folder,
                      "state and latents, where training goes on; default: beside the output");
    addRun(parser, request, isJson);
}

diffusion::LessonOptions& LessonFlags::lessons() {
    if (request.stage == TrainingStage::lora) return request.lora;
    return request.embedding;
}

diffusion::TrainRequest LessonFlags::completed() {
    auto whole = request;
    if (whole.work_folder.empty())
        whole.work_folder =
            std::filesystem::path(lessons().output).replace_extension(".training").string();
    return whole;
}

}  // namespace cli
