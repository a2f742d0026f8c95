#pragma once

// A whole desktop over the fake engine in a folder of its own.

#include "app/ui/desktop.h"
#include "app/ui/main_window.h"
#include "tests/support/fake_engine.h"

#include <QElapsedTimer>
#include <QTemporaryDir>

#include <atomic>
#include <functional>
#include <memory>

namespace test_support {

/// Runs the event loop until the condition holds; false after the time.
bool waitFor(const std::function<bool()>& condition, int milliseconds = 8000);

class Desk {
public:
    explicit Desk(FakeScript script = {});

    /// Ends the program and starts it again on the same data.
    void restart();
    /// Types into the widget that has the focus's place: the prompt.
    void type(const QString& text);
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier);

    ui::MainWindow& window() { return *desktop_->window(); }

    ui::Workbench& bench() { return desktop_->workbench(); }

    ui::Desktop& desktop() { return *desktop_; }

    int pictureCount() { return bench().gallery().rowCount(); }

private:
    void start();

    QTemporaryDir folder_;
    FakeScript script_;
    std::unique_ptr<ui::Desktop> desktop_;
};

}  // namespace test_support
