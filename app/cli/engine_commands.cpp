// Commands that ask the engine one question and print the answer.

#include "app/cli/engine_commands.h"

#include "app/cli/engine.h"
#include "app/cli/exit_code.h"

#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>

namespace cli {
namespace {

using Json = nlohmann::ordered_json;

Json toJson(const std::vector<diffusion::NamedChoice>& choices) {
    Json list = Json::array();
    for (const auto& choice : choices)
        list.push_back({{"name", choice.name}, {"aliases", choice.aliases}});
    return list;
}

void print(const std::string& title, const std::vector<diffusion::NamedChoice>& choices) {
    std::cout << title << '\n';
    for (const auto& choice : choices) {
        std::cout << "  " << choice.name;
        for (size_t i = 0; i < choice.aliases.size(); ++i)
            std::cout << (i == 0 ? "  (" : ", ") << choice.aliases[i];
        std::cout << (choice.aliases.empty() ? "\n" : ")\n");
    }
}

int listSamplers(bool isJson) {
    const auto engine = makeEngine();
    if (isJson) {
        std::cout << Json{{"samplers", toJson(engine->samplers())},
                          {"schedules", toJson(engine->schedules())}}
                  << std::endl;
        return done;
    }
    print("Samplers (--sampler)", engine->samplers());
    print("Schedules (--scheduler)", engine->schedules());
    return done;
}

int inspect(const std::string& model, bool isJson) {
    const auto info = makeEngine()->inspect(model);
    const std::string size =
        std::to_string(info.native_width) + "x" + std::to_string(info.native_height);
    if (isJson) {
        const Json line{{"path", info.path},
                        {"name", info.name},
                        {"family", info.family},
                        {"prediction", info.prediction},
                        {"width", info.native_width},
                        {"height", info.native_height},
                        {"size_multiple", info.size_multiple},
                        {"parameters", info.parameter_count}};
        std::cout << line.dump(-1, ' ', false, Json::error_handler_t::replace) << std::endl;
        return done;
    }
    std::cout << "name        " << info.name << "\nfamily      " << info.family << "\nprediction  "
              << info.prediction << "\nsize        " << size << ", multiples of "
              << info.size_multiple << "\nparameters  " << info.parameter_count << std::endl;
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

Command inspectCommand() {
    return {"inspect", "Say what a model file is", [](CLI::App& parser) -> Action {
                const auto model = std::make_shared<std::string>();
                const auto isJson = std::make_shared<bool>(false);
                parser.add_option("MODEL", *model, "file or folder; default: the model that ships");
                parser.add_flag("--json", *isJson, "as one JSON object");
                return [model, isJson] { return inspect(*model, *isJson); };
            }};
}

}  // namespace cli
