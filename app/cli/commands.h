#pragma once

// The command line: a table of commands, each a row with its flags and what it does. Only QtCore is
// started here; no display is needed, and LibTorch is mapped only by commands that ask the engine.

#include <CLI/App.hpp>
#include <functional>
#include <string>
#include <vector>

namespace cli {

/// What a command does when it was chosen; returns the exit code. Throws diffusion::Error.
using Action = std::function<int()>;

/// add puts the command's flags on its parser and returns its action; the values that the flags set
/// live in the action.
struct Command {
    std::string name;
    std::string summary;
    std::function<Action(CLI::App& parser)> add;
};

const std::vector<Command>& commands();

/// True for the words that the command line takes; anything else is for the window.
bool isCommand(const std::string& firstArgument);

/// Exit code: 0 done, 1 anything else, 2 bad request, 3 model problem, 4 out of memory,
/// 130 interrupted.
int run(int argc, char** argv);

}  // namespace cli
