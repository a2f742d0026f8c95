#include "app/cli/commands.h"

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include <QCoreApplication>

#include <algorithm>
#include <iostream>

#include "app/cli/engine_commands.h"
#include "app/cli/exit_code.h"
#include "app/cli/generate_command.h"
#include "app/cli/report.h"

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

int act(const Action& action) {
    try {
        return action();
    } catch (const diffusion::Error& error) {
        complain(error.what());
        return exitCode(error.kind());
    }
}

}  // namespace

const std::vector<Command>& commands() {
    static const std::vector<Command> table{generateCommand(), samplersCommand(), inspectCommand()};
    return table;
}

bool isCommand(const std::string& firstArgument) {
    if (firstArgument.empty()) return false;
    if (firstArgument == "--help" || firstArgument == "-h" || firstArgument == "--version") return true;
    return firstArgument.front() != '-';
}

int run(int argc, char** argv) {
    CLI::App parser("Atelier turns words into pictures. Without a command the window opens.", "atelier");
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
        if (sub->parsed()) return act(action);
    return badRequest;
}

}  // namespace cli
