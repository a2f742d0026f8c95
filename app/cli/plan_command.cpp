// What a request would take, without making its pictures.

#include "app/cli/plan_command.h"

#include "app/cli/engine.h"
#include "app/cli/exit_code.h"
#include "app/cli/json_line.h"
#include "app/cli/memory_flags.h"
#include "app/cli/progress_bar.h"
#include "app/cli/report.h"
#include "app/cli/request_flags.h"

#include <cstdio>
#include <iostream>
#include <memory>

namespace cli {
namespace {

struct Flags {
    explicit Flags(CLI::App& parser) : request(parser), memory(parser) {
        parser.add_option("--data", data, "folder of the settings; default: your data folder");
        parser.add_flag("--json", isJson, "as one JSON object");
    }

    RequestFlags request;
    MemoryFlags memory;
    std::string data;
    bool isJson = false;
};

Json toJson(const diffusion::Plan& plan) {
    Json fallbacks = Json::array();
    for (const auto fallback : plan.fallbacks) fallbacks.push_back(diffusion::name_of(fallback));
    Json phases = Json::array();
    for (const auto& phase : plan.phases)
        phases.push_back({{"phase", nameOf(phase.phase)},
                          {"peak_bytes", phase.peak_bytes},
                          {"seconds", phase.seconds}});
    Json line{{"peak_bytes", plan.peak_bytes},
              {"limit_bytes", plan.limit_bytes},
              {"seconds", plan.seconds},
              {"width", plan.width},
              {"height", plan.height},
              {"pictures_at_once", plan.pictures_at_once},
              {"fallbacks", fallbacks},
              {"phases", phases}};
    if (plan.tile > 0) line["tile"] = plan.tile;
    if (!plan.obstacle.empty()) line["obstacle"] = plan.obstacle;
    return line;
}

std::string words(diffusion::Fallback fallback, const diffusion::Plan& plan) {
    using diffusion::Fallback;
    switch (fallback) {
        case Fallback::narrow_weights:
            return "weights stay in the file's type";
        case Fallback::tiled_codec:
            return "the VAE works in tiles of " + std::to_string(plan.tile) + " pixels";
        case Fallback::sliced_attention:
            return "attention works in slices";
        case Fallback::streamed_weights:
            return "weights are read anew for every step";
        case Fallback::split_batch:
            return "one picture and one text at a time";
    }
    return {};
}

void print(const diffusion::Plan& plan) {
    for (const auto& phase : plan.phases)
        std::printf("%-9s %10s  %8s\n", nameOf(phase.phase), sizeText(phase.peak_bytes).c_str(),
                    clockText(phase.seconds).c_str());
    std::printf("%-9s %10s  %8s\n", "together", sizeText(plan.peak_bytes).c_str(),
                clockText(plan.seconds).c_str());
    if (plan.limit_bytes > 0)
        std::printf("%-9s %10s\n", "limit", sizeText(plan.limit_bytes).c_str());
    for (const auto fallback : plan.fallbacks) std::printf("- %s\n", words(fallback, plan).c_str());
    std::fflush(stdout);
}

int plan(const Flags& flags) {
    const auto engine =
        makeEngine(0, "auto", flags.data,
                   [&](diffusion::EngineOptions& options) { flags.memory.apply(options); });
    const auto plan = engine->plan(flags.request.request());
    if (flags.isJson)
        writeLine(toJson(plan));
    else
        print(plan);
    if (plan.obstacle.empty()) return done;
    if (!flags.isJson) complain(plan.obstacle);
    return exitCode(diffusion::ErrorKind::out_of_memory);
}

}  // namespace

Command planCommand() {
    return {"plan", "Say how much memory and time pictures would take",
            [](CLI::App& parser) -> Action {
                const auto flags = std::make_shared<Flags>(parser);
                return [flags] { return plan(*flags); };
            }};
}

}  // namespace cli
