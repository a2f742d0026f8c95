// Commands that ask the engine one question and print the answer.

#include "app/cli/engine_commands.h"

#include "app/cli/engine.h"
#include "app/cli/exit_code.h"
#include "app/cli/json_line.h"

#include <iostream>
#include <memory>

namespace cli {
namespace {

Json toJson(const std::vector<diffusion::NamedChoice>& choices) {
    Json list = Json::array();
    for (const auto& choice : choices)
        list.push_back({{"name", choice.name},
                        {"aliases", choice.aliases},
                        {"fields", choice.fields}});
    return list;
}

void print(const std::string& title, const std::vector<diffusion::NamedChoice>& choices) {
    std::cout << title << '\n';
    for (const auto& choice : choices) {
        std::cout << "  " << choice.name;
        for (size_t i = 0; i < choice.aliases.size(); ++i)
            std::cout << (i == 0 ? "  (" : ", ") << choice.aliases[i];
        std::cout << (choice.aliases.empty() ? "" : ")");
        for (size_t i = 0; i < choice.fields.size(); ++i)
            std::cout << (i == 0 ? "  uses " : ", ") << choice.fields[i];
        std::cout << '\n';
    }
}

int listSamplers(bool isJson) {
    const auto engine = makeEngine();
    if (isJson) {
        writeLine({{"samplers", toJson(engine->samplers())},
                   {"schedules", toJson(engine->schedules())}});
        return done;
    }
    print("Samplers (--sampler)", engine->samplers());
    print("Schedules (--scheduler)", engine->schedules());
    return done;
}

}  // namespace

Command samplersCommand() {
    return {"samplers", "List the samplers and schedules", [](CLI::App& parser) -> Action {
                const auto isJson = std::make_shared<bool>(false);
                parser.add_flag("--json", *isJson, "as one JSON object");
                return [isJson] { return listSamplers(*isJson); };
            }};
}

}  // namespace cli
