#include "app/cli/lora_flags.h"

#include <filesystem>

namespace cli {
namespace {

void addShape(CLI::App& parser, diffusion::LoraTraining& lora) {
    parser.add_option("--rank", lora.rank, "of the two factors of each layer")
        ->check(CLI::Range(1, 1024))
        ->capture_default_str();
    parser.add_option("--alpha", lora.alpha, "strength is alpha / rank; default: 16")
        ->check(CLI::PositiveNumber);
    parser.add_flag("--conv", lora.has_convolutions, "residual blocks and resamplers learn, too");
    parser.add_flag("!--no-text-encoder", lora.has_text_encoder, "only the UNet learns");
}

void addLearning(CLI::App& parser, diffusion::LoraTraining& lora) {
    parser
        .add_option("--extent", lora.extent,
                    "pictures are brought to about that many pixels squared; default: the model's")
        ->check(CLI::Range(64, 4096));
    parser.add_option("--batch", lora.batch, "pictures at once")->check(CLI::Range(1, 1024));
    parser.add_option("--accumulate", lora.accumulation, "batches that make one step")
        ->check(CLI::Range(1, 1024));
    parser.add_option("--learning-rate", lora.learning_rate, "default: 0.0001")
        ->check(CLI::PositiveNumber);
    parser
        .add_option("--min-snr", lora.snr_limit, "limit of the min-SNR weight; 0: none; default: 5")
        ->check(CLI::NonNegativeNumber);
    parser
        .add_option("--noise-offset", lora.noise_offset, "noise of the whole picture's brightness")
        ->check(CLI::Range(0.0, 1.0));
    parser.add_option("--seed", lora.seed, "of order, noise and first weights; default: 1");
}

void addRun(CLI::App& parser, diffusion::TrainRequest& request) {
    parser.add_option("--work", request.work_folder,
                      "state and latents, where training goes on; default: beside the output");
    parser.add_option("--steps", request.steps, "end at this step; default: 1000")
        ->check(CLI::PositiveNumber);
    parser.add_option("--minutes", request.minutes, "end after so long")
        ->check(CLI::NonNegativeNumber);
    parser.add_option("--save-minutes", request.minutes_per_save, "time between saved states")
        ->check(CLI::PositiveNumber);
    parser.add_option("--threads", request.threads, "default: one per core")
        ->check(CLI::NonNegativeNumber);
    parser.add_option("--device", request.device, "auto, cpu or cuda")
        ->check(CLI::IsMember({"auto", "cpu", "cuda"}));
}

}  // namespace

LoraFlags::LoraFlags(CLI::App& parser) {
    request.stage = diffusion::TrainingStage::lora;
    request.steps = 1000;
    request.minutes_per_sheet = 0;
    parser
        .add_option("FOLDER", request.lora.folder,
                    "pictures with captions beside them (cat.png, cat.txt) or in captions.jsonl")
        ->required();
    parser.add_option("--out", request.lora.output, "the .safetensors file to write")->required();
    parser.add_option("--model", request.lora.model,
                      "file or folder of the model that learns; default: the one that ships");
    addShape(parser, request.lora);
    addLearning(parser, request.lora);
    addRun(parser, request);
    parser.add_flag("--json", isJson, "one JSON object a line on standard output");
}

diffusion::TrainRequest LoraFlags::completed() const {
    auto whole = request;
    if (whole.work_folder.empty())
        whole.work_folder =
            std::filesystem::path(whole.lora.output).replace_extension(".training").string();
    return whole;
}

}  // namespace cli
