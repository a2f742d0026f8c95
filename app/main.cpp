// One program, chosen by its first argument: a command, or the window.

#include "app/cli/commands.h"

#ifdef ATELIER_WITH_WINDOW
#include <string_view>

#include "app/ui/window_main.h"

namespace {

/// `atelier [--data DIR]`; Qt takes its own flags (-platform, -style) from the rest.
ui::WindowOptions windowOptions(int argc, char** argv) {
    ui::WindowOptions options;
    for (int i = 1; i + 1 < argc; ++i)
        if (std::string_view(argv[i]) == "--data") options.dataFolder = QString::fromLocal8Bit(argv[i + 1]);
    return options;
}

}  // namespace
#endif

int main(int argc, char** argv) {
#ifdef ATELIER_WITH_WINDOW
    if (argc < 2 || !cli::isCommand(argv[1]))
        return ui::runWindow(argc, argv, windowOptions(argc, argv));
#endif
    return cli::run(argc, argv);
}
