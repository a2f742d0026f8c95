#include "app/cli/train_command.h"

#include "app/cli/engine.h"
#include "app/cli/exit_code.h"
#include "app/cli/interrupt.h"
#include "app/cli/json_line.h"
#include "app/cli/lora_flags.h"
#include "app/cli/progress_bar.h"
#include "app/cli/report.h"
#include "app/codec/picture_reader.h"
#include "diffusion/error.h"

#include <cstdio>
#include <filesystem>
#include <iostream>
#include <memory>
#include <utility>

namespace cli {
namespace {

using diffusion::TrainingStage;

struct PackFlags {
    explicit PackFlags(CLI::App& parser) {
        parser.add_option("FOLDER", request.folder, "holds captions.jsonl and its pictures")
            ->required();
        parser.add_option("--out", request.output, "the file to write")->required();
        parser
            .add_option("--extent", request.extent,
                        "pixels of a side; pictures are fitted in white")
            ->check(CLI::Range(16, 2048));
        parser
            .add_option("--level-step", request.level_step,
                        "distance of stored levels; 1 is lossless")
            ->check(CLI::Range(1, 16));
        parser.add_flag("--json", isJson, "one JSON object a line on standard output");
    }

    diffusion::PackRequest request;
    bool isJson = false;
};

struct TrainFlags {
    explicit TrainFlags(CLI::App& parser) {
        parser.add_option("SOURCE", request.pack, "a pack, or a folder with captions.jsonl");
        parser.add_option("--work", request.work_folder,
                          "states, logs and sample sheets; training goes on there");
        parser.add_option("--stage", stage, "autoencoder, model or all")
            ->check(CLI::IsMember({"autoencoder", "model", "all"}));
        parser.add_option("--config", request.config,
                          "JSON with sizes and rates; default: the shipped model's");
        parser.add_option("--export", request.export_folder, "write the model there at the end");
        parser.add_option("--minutes", request.minutes, "end each stage after so long")
            ->check(CLI::NonNegativeNumber);
        parser.add_option("--steps", request.steps, "end each stage at this step")
            ->check(CLI::NonNegativeNumber);
        parser
            .add_option("--sheet-minutes", request.minutes_per_sheet,
                        "time between sample sheets; 0: none")
            ->check(CLI::NonNegativeNumber);
        parser.add_option("--save-minutes", request.minutes_per_save, "time between saved states")
            ->check(CLI::PositiveNumber);
        parser.add_option("--threads", request.threads, "default: one per core")
            ->check(CLI::NonNegativeNumber);
        parser.add_option("--device", request.device, "auto, cpu or cuda")
            ->check(CLI::IsMember({"auto", "cpu", "cuda"}));
        parser.add_flag("--json", isJson, "one JSON object a line on standard output");
    }

    diffusion::TrainRequest request;
    std::string stage = "all";
    bool isJson = false;
};

int pack(diffusion::Engine& engine, const diffusion::PackRequest& request, bool isJson) {
    const Interrupt interrupt;
    ProgressBar bar;
    const auto outcome = engine.pack(
        request, app::codec::readPicture,
        [&](int finished, int total) {
            if (isJson)
                writeLine({{"event", "progress"}, {"picture", finished}, {"pictures", total}});
            else
                bar.show("packing  " + std::to_string(finished) + "/" + std::to_string(total));
        },
        interrupt.token());
    bar.clear();
    if (!outcome.skipped.empty()) complain("left out:\n" + outcome.skipped);
    if (outcome.was_cancelled) return interrupted;
    if (isJson)
        writeLine({{"event", "packed"}, {"pictures", outcome.packed}, {"path", request.output}});
    else
        std::cout << request.output << ": " << outcome.packed << " pictures" << std::endl;
    return done;
}

const char* nameOf(TrainingStage stage) {
    switch (stage) {
        case TrainingStage::autoencoder:
            return "autoencoder";
        case TrainingStage::lora:
            return "lora";
        case TrainingStage::model:
            break;
    }
    return "model";
}

std::string trainLine(const diffusion::TrainProgress& progress) {
    char numbers[96];
    std::snprintf(numbers, sizeof numbers, "  loss %.4f  %.1f pictures/s", progress.loss,
                  progress.pictures_per_second);
    std::string line =
        std::string(nameOf(progress.stage)) + "  step " + std::to_string(progress.step) + numbers;
    if (progress.held_out_loss >= 0) line += "  held out " + std::to_string(progress.held_out_loss);
    if (progress.seconds_left >= 0) line += "  ETA " + clockText(progress.seconds_left);
    return line;
}

Json trainJson(const diffusion::TrainProgress& progress) {
    Json line{{"event", "progress"},
              {"stage", nameOf(progress.stage)},
              {"step", progress.step},
              {"loss", progress.loss},
              {"pictures_per_second", progress.pictures_per_second},
              {"seconds", progress.seconds}};
    if (progress.held_out_loss >= 0) line["held_out_loss"] = progress.held_out_loss;
    if (progress.seconds_left >= 0) line["seconds_left"] = progress.seconds_left;
    if (!progress.message.empty()) line["message"] = progress.message;
    return line;
}

int runStage(diffusion::Engine& engine, diffusion::TrainRequest request, TrainingStage stage,
             bool isJson) {
    const Interrupt interrupt;
    ProgressBar bar;
    request.stage = stage;
    if (stage == TrainingStage::autoencoder) request.export_folder.clear();
    engine.train(
        request,
        [&](const diffusion::TrainProgress& progress) {
            if (isJson) return writeLine(trainJson(progress));
            if (!progress.message.empty()) {
                bar.clear();
                std::cout << progress.message << std::endl;
            }
            bar.show(trainLine(progress));
        },
        interrupt.token());
    bar.clear();
    return interrupt.token().stop_requested() ? interrupted : done;
}

/// The pack that a folder of pictures becomes, once.
int packSource(diffusion::Engine& engine, diffusion::TrainRequest& request, bool isJson) {
    const auto file = (std::filesystem::path(request.work_folder) / "pictures.pack").string();
    const auto folder = std::exchange(request.pack, file);
    if (std::filesystem::exists(file)) return done;
    std::filesystem::create_directories(request.work_folder);
    diffusion::PackRequest packing;
    packing.folder = folder;
    packing.output = file;
    return pack(engine, packing, isJson);
}

int train(TrainFlags flags) {
    for (const auto& [name, value] :
         {std::pair{"SOURCE", flags.request.pack}, {"--work", flags.request.work_folder}})
        if (value.empty())
            throw diffusion::Error(
                diffusion::ErrorKind::bad_request,
                std::string(name) + ": expected a path, found nothing; see atelier train --help.");
    const auto engine = makeEngine(flags.request.threads, flags.request.device);
    int code = done;
    if (std::filesystem::is_directory(flags.request.pack))
        code = packSource(*engine, flags.request, flags.isJson);
    if (code == done && flags.stage != "model")
        code = runStage(*engine, flags.request, TrainingStage::autoencoder, flags.isJson);
    if (code == done && flags.stage != "autoencoder")
        code = runStage(*engine, flags.request, TrainingStage::model, flags.isJson);
    return code;
}

int trainLora(const LoraFlags& flags) {
    auto request = flags.completed();
    request.lora.pictures = app::codec::readPicture;
    const auto engine = makeEngine(request.threads, request.device);
    return runStage(*engine, request, TrainingStage::lora, flags.isJson);
}

}  // namespace

Command trainCommand() {
    return {"train", "Train a model from captioned pictures", [](CLI::App& parser) -> Action {
                const auto flags = std::make_shared<TrainFlags>(parser);
                auto* packing =
                    parser.add_subcommand("pack", "Put pictures and captions into one file");
                const auto packFlags = std::make_shared<PackFlags>(*packing);
                auto* teaching = parser.add_subcommand("lora", "Teach a model from a few pictures");
                const auto loraFlags = std::make_shared<LoraFlags>(*teaching);
                return [flags, packing, packFlags, teaching, loraFlags] {
                    if (teaching->parsed()) return trainLora(*loraFlags);
                    if (!packing->parsed()) return train(*flags);
                    return pack(*makeEngine(), packFlags->request, packFlags->isJson);
                };
            }};
}

}  // namespace cli
