#include "app/cli/models_command.h"

#include "app/cli/engine.h"
#include "app/cli/exit_code.h"
#include "app/cli/interrupt.h"
#include "app/cli/json_line.h"
#include "app/cli/model_folders.h"
#include "app/cli/model_list.h"
#include "app/cli/model_report.h"
#include "app/cli/progress_bar.h"
#include "app/codec/text.h"
#include "app/settings/settings.h"
#include "app/studio/model_search.h"
#include "app/studio/places.h"

#include <filesystem>
#include <iostream>
#include <memory>

namespace cli {
namespace {

/// What every one of these commands takes.
struct CommonFlags {
    explicit CommonFlags(CLI::App& parser) {
        parser.add_option("--data", data, "folder for settings and hashes; default: your data folder");
        parser.add_flag("--json", isJson, "one JSON object on standard output");
    }

    std::string data;
    bool isJson = false;
};

struct ModelFlags : CommonFlags {
    explicit ModelFlags(CLI::App& parser) : CommonFlags(parser) {
        parser.add_option("FILE", model, "file or folder; default: the model that ships");
    }

    std::string model;
};

struct ListFlags : CommonFlags {
    explicit ListFlags(CLI::App& parser) : CommonFlags(parser) {
        parser.add_option("--folder", folders, "look there instead of in the settings' folders");
    }

    std::vector<std::string> folders;
};

struct ConvertFlags : CommonFlags {
    explicit ConvertFlags(CLI::App& parser) : CommonFlags(parser) {
        parser.add_option("IN", request.model, "file or folder")->required();
        parser.add_option("OUT", request.output, "file or folder to write")->required();
        parser.add_option("--to", format, "safetensors, diffusers or gguf; default: by OUT's ending")
            ->check(CLI::IsMember({"safetensors", "diffusers", "gguf"}));
        parser
            .add_option("--type", request.type,
                        "keep, f32, f16 or bf16; q8_0 in GGUF; default: keep")
            ->check(CLI::IsMember({"keep", "f32", "f16", "bf16", "q8_0"}));
        parser.add_flag("--force", request.replaces, "replace what is at OUT");
    }

    diffusion::ConvertRequest request;
    std::string format;
};

QList<library::ModelFolder> foldersOf(const ListFlags& flags, const studio::Places& places) {
    if (flags.folders.empty()) {
        const settings::Settings settings(places.data + QStringLiteral("/settings.json"));
        return library::folders(studio::modelPlaces(places, settings.values()));
    }
    QList<library::ModelFolder> folders;
    for (const auto& folder : flags.folders) folders.append({codec::fromUtf8(folder), {}, false});
    return folders;
}

int list(const ListFlags& flags) {
    const auto places = studio::findPlaces(codec::fromUtf8(flags.data));
    const auto engine = makeEngine(0, "auto", flags.data);
    printModels(listModels(*engine, foldersOf(flags, places),
                           places.resources + QStringLiteral("/model")),
                flags.isJson);
    return done;
}

/// Empty if it was interrupted.
std::string hashOf(diffusion::Engine& engine, const std::string& model) {
    const Interrupt interrupt;
    ProgressBar bar;
    const auto sha256 = engine.hash(
        model,
        [&](std::uint64_t finished, std::uint64_t total) {
            bar.show(shareLine("hashing", finished, total));
        },
        interrupt.token());
    bar.clear();
    return sha256;
}

int inspect(const ModelFlags& flags) {
    const auto engine = makeEngine(0, "auto", flags.data);
    const auto report = engine->examine(flags.model);
    const auto sha256 = hashOf(*engine, flags.model);
    if (sha256.empty()) return interrupted;
    if (flags.isJson)
        writeLine(reportJson(report, sha256));
    else
        std::cout << reportText(report, sha256) << std::flush;
    return done;
}

int hash(const ModelFlags& flags) {
    const auto sha256 = hashOf(*makeEngine(0, "auto", flags.data), flags.model);
    if (sha256.empty()) return interrupted;
    if (flags.isJson)
        writeLine({{"path", flags.model}, {"hash", sha256.substr(0, 10)}, {"sha256", sha256}});
    else
        std::cout << sha256.substr(0, 10) << "  " << sha256 << std::endl;
    return done;
}

diffusion::ModelFormat formatOf(const ConvertFlags& flags) {
    const auto ending = std::filesystem::path(flags.request.output).extension();
    if (flags.format == "gguf" || (flags.format.empty() && ending == ".gguf"))
        return diffusion::ModelFormat::gguf;
    if (flags.format == "safetensors" ||
        (flags.format.empty() && (ending == ".safetensors" || ending == ".sft")))
        return diffusion::ModelFormat::safetensors;
    return diffusion::ModelFormat::folder;
}

int convert(const ConvertFlags& flags) {
    auto request = flags.request;
    request.format = formatOf(flags);
    const auto engine = makeEngine(0, "auto", flags.data);
    const Interrupt interrupt;
    ProgressBar bar;
    const auto outcome = engine->convert(
        request,
        [&](std::uint64_t finished, std::uint64_t total) {
            bar.show(shareLine("writing", finished, total));
        },
        interrupt.token());
    bar.clear();
    if (outcome.was_cancelled) return interrupted;
    if (flags.isJson)
        writeLine({{"path", request.output},
                   {"tensors", outcome.tensor_count},
                   {"bytes", outcome.bytes}});
    else
        std::cout << request.output << ": " << outcome.tensor_count << " tensors, "
                  << sizeText(outcome.bytes) << std::endl;
    return done;
}

template <typename Flags>
void addSubcommand(CLI::App& parser, std::vector<std::pair<CLI::App*, Action>>& actions,
                   const std::pair<const char*, const char*>& words, int (*act)(const Flags&)) {
    auto* sub = parser.add_subcommand(words.first, words.second);
    const auto flags = std::make_shared<Flags>(*sub);
    actions.emplace_back(sub, [flags, act] { return act(*flags); });
}

}  // namespace

Command modelsCommand() {
    return {"models", "List, inspect, convert and hash model files",
            [](CLI::App& parser) -> Action {
                parser.require_subcommand(1);
                std::vector<std::pair<CLI::App*, Action>> actions;
                addSubcommand(parser, actions, {"list", "The models that there are"}, list);
                addSubcommand(parser, actions, {"inspect", "Say what a model file is"}, inspect);
                addSubcommand(parser, actions, {"convert", "Write a model in another format"},
                              convert);
                addSubcommand(parser, actions, {"hash", "The hash that pictures carry"}, hash);
                auto* folders = parser.add_subcommand("folders", "Where models are looked for");
                actions.emplace_back(folders, modelFoldersAction(*folders));
                return [actions] {
                    for (const auto& [sub, action] : actions)
                        if (sub->parsed()) return action();
                    return badRequest;
                };
            }};
}

Command inspectCommand() {
    return {"inspect", "Short for models inspect", [](CLI::App& parser) -> Action {
                const auto flags = std::make_shared<ModelFlags>(parser);
                return [flags] { return inspect(*flags); };
            }};
}

}  // namespace cli
