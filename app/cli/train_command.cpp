#include "app/cli/train_command.h"

#include "app/cli/engine.h"
#include "app/cli/exit_code.h"
#include "app/cli/interrupt.h"
#include "app/cli/json_line.h"
#include "app/cli/progress_bar.h"
#include "app/cli/report.h"
#include "app/cli/train_flags.h"
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
        case TrainingStage::embedding:
            return "embedding";
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

int teach(LessonFlags& flags) {
    flags.lessons().pictures = app::codec::readPicture;
    const auto request = flags.completed();
    const auto engine = makeEngine(request.threads, request.device, flags.data);
    return runStage(*engine, request, request.stage, flags.isJson);
}

}  // namespace

Command trainCommand() {
    return {"train", "Train a model from captioned pictures", [](CLI::App& parser) -> Action {
                const auto flags = std::make_shared<TrainFlags>(parser, "all");
                auto* autoencoder = parser.add_subcommand(
                    "autoencoder", "The first stage alone: what turns pictures into latents and back");
                const auto autoencoderFlags =
                    std::make_shared<TrainFlags>(*autoencoder, "autoencoder");
                auto* model = parser.add_subcommand(
                    "model", "The second stage alone: text encoder and UNet");
                const auto modelFlags = std::make_shared<TrainFlags>(*model, "model");
                auto* packing =
                    parser.add_subcommand("pack", "Put pictures and captions into one file");
                const auto packFlags = std::make_shared<PackFlags>(*packing);
                auto* lora = parser.add_subcommand("lora", "Teach a model from a few pictures");
                const auto loraFlags = std::make_shared<LessonFlags>(*lora, TrainingStage::lora);
                auto* embedding =
                    parser.add_subcommand("embedding", "Teach a word that stands for a few pictures");
                const auto embeddingFlags =
                    std::make_shared<LessonFlags>(*embedding, TrainingStage::embedding);
                return [=] {
                    if (lora->parsed()) return teach(*loraFlags);
                    if (embedding->parsed()) return teach(*embeddingFlags);
                    if (autoencoder->parsed()) return train(*autoencoderFlags);
                    if (model->parsed()) return train(*modelFlags);
                    if (!packing->parsed()) return train(*flags);
                    return pack(*makeEngine(), packFlags->request, packFlags->isJson);
                };
            }};
}

}  // namespace cli
