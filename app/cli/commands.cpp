#include "app/cli/commands.h"

#include "app/cli/engine_commands.h"
#include "app/cli/exit_code.h"
#include "app/cli/generate_command.h"
#include "app/cli/info_command.h"
#include "app/cli/models_command.h"
#include "app/cli/plan_command.h"
#include "app/cli/report.h"
#include "app/cli/train_command.h"

#include <QCoreApplication>

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>
#include <iostream>

namespace cli {
namespace {

int parse(CLI::App& parser, int argc, char** argv) {
    try {
        parser.parse(argc, argv);
        return done;
    } catch (const CLI::ParseError& error) {
        // Help and version are "errors" with the code 0.
        if (error.get_exit_code() == 0) {
            parser.exit(error);
            return -1;
        }
        complain(error.what());
        return badRequest;
    }
}

int act(const CLI::App& parser, const Action& action) {
    // The flag belongs to the innermost command, as in `models list --json`.
    const auto* innermost = &parser;
    while (!innermost->get_subcommands().empty()) innermost = innermost->get_subcommands().front();
    const auto* json = innermost->get_option_no_throw("--json");
    const auto report = makeReport(json && json->count() > 0);
    try {
        return action();
    } catch (const diffusion::Error& error) {
        report->error(error.kind(), error.what());
        return exitCode(error.kind());
    } catch (const std::exception& error) {
        report->error(diffusion::ErrorKind::internal,
                      std::string("Unexpected trouble: ") + error.what());
        return failed;
    }
}

bool isKnown(const std::string& name) {
    return std::any_of(commands().begin(), commands().end(),
                       [&](const Command& command) { return command.name == name; });
}

std::string commandNames() {
    std::string names;
    for (const auto& command : commands()) names += (names.empty() ? "" : ", ") + command.name;
    return names;
}

}  // namespace

const std::vector<Command>& commands() {
    static const std::vector<Command> table{
        generateCommand(), planCommand(),    infoCommand(), samplersCommand(),
        modelsCommand(),   inspectCommand(), trainCommand()};
    return table;
}

bool isCommand(const std::string& firstArgument) {
    if (firstArgument.empty()) return false;
    if (firstArgument == "--help" || firstArgument == "-h" || firstArgument == "--version")
        return true;
    return firstArgument.front() != '-';
}

int run(int argc, char** argv) {
    if (argc > 1 && argv[1][0] != '-' && !isKnown(argv[1])) {
        complain(std::string(argv[1]) + ": expected a command (" + commandNames() +
                 "), found no such one; see atelier --help.");
        return badRequest;
    }
    CLI::App parser("Atelier turns words into pictures. Without a command the window opens.",
                    "atelier");
    parser.set_version_flag("--version", "Atelier " ATELIER_VERSION);
    parser.require_subcommand(1);
    std::vector<std::pair<CLI::App*, Action>> actions;
    for (const auto& command : commands()) {
        auto* sub = parser.add_subcommand(command.name, command.summary);
        actions.emplace_back(sub, command.add(*sub));
    }
    const int state = parse(parser, argc, argv);
    if (state != done) return std::max(state, done);
    QCoreApplication application(argc, argv);
    for (const auto& [sub, action] : actions)
        if (sub->parsed()) return act(*sub, action);
    return badRequest;
}

}  // namespace cli
