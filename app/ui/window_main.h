#pragma once

// The desktop's one entry. Nothing here knows a widget, so that main.cpp needs no QtWidgets header.

#include <QString>

namespace ui {

/// What the command line says to the window.
struct WindowOptions {
    QString dataFolder;  ///< --data; empty: the XDG folders and ~/Pictures/Atelier
};

/// Makes the application, the studio and the window, runs until the last window closes and returns
/// the exit code. The engine is started after the first paint.
int runWindow(int& argc, char** argv, const WindowOptions& options);

}  // namespace ui
