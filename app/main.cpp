// One program, chosen by its first argument: a command, or the window.

#include "app/cli/commands.h"

#ifdef ATELIER_WITH_WINDOW
#include "app/cli/exit_code.h"
#include "app/cli/report.h"
#include "app/ui/window_main.h"

#include <QByteArray>

#include <optional>
#include <string>

namespace {

/// `atelier [--data DIR]`; Qt takes its own flags, which have one dash. Empty: something else was
/// said.
std::optional<ui::WindowOptions> windowOptions(int argc, char** argv) {
    ui::WindowOptions options;
    for (int i = 1; i < argc; ++i) {
        const std::string argument = argv[i];
        if (argument == "--data" && i + 1 < argc) {
            options.dataFolder = QString::fromLocal8Bit(argv[++i]);
        } else if (argument.starts_with("--")) {
            cli::complain(argument + ": expected --data FOLDER or a command; see atelier --help.");
            return std::nullopt;
        }
    }
    return options;
}

bool hasDisplay(int argc, char** argv) {
    for (int i = 1; i < argc; ++i)
        if (std::string(argv[i]) == "-platform") return true;
    for (const char* variable : {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"})
        if (!qEnvironmentVariableIsEmpty(variable)) return true;
    return false;
}

int openWindow(int argc, char** argv) {
    const auto options = windowOptions(argc, argv);
    if (!options) return cli::badRequest;
    if (!hasDisplay(argc, argv)) {
        cli::complain(
            "The window needs a display and there is none; `atelier generate PROMPT` needs none.");
        return cli::failed;
    }
    return ui::runWindow(argc, argv, *options);
}

}  // namespace
#endif

int main(int argc, char** argv) {
#ifdef ATELIER_WITH_WINDOW
    if (argc < 2 || !cli::isCommand(argv[1])) return openWindow(argc, argv);
#endif
    return cli::run(argc, argv);
}
