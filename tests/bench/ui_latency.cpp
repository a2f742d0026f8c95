// How the window feels while the CPU engine works: start to typing, frame time, input to paint, cancel
// to idle, what previews cost. Real window, real engine, the model that ships; tests/bench/ui_latency
// gives it a display. Prints one line of JSON for each figure.

#include "app/ui/desktop.h"
#include "app/ui/main_window.h"
#include "app/ui/panels/generate_panel.h"
#include "app/ui/prompt_field.h"
#include "app/ui/stage/picture_view.h"
#include "app/ui/stage/stage.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QKeyEvent>
#include <QProcess>
#include <QTemporaryDir>
#include <QTimer>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <functional>
#include <random>
#include <vector>

namespace {

using Milliseconds = std::vector<double>;
using Request = diffusion::GenerationRequest;

double now() {
    timespec time{};
    clock_gettime(CLOCK_MONOTONIC, &time);
    return double(time.tv_sec) * 1e3 + double(time.tv_nsec) / 1e6;
}

double quantile(Milliseconds values, double share) {
    if (values.empty()) return 0;
    std::sort(values.begin(), values.end());
    return values[std::min(values.size() - 1, std::size_t(share * double(values.size())))];
}

void report(const char* what, const Milliseconds& values) {
    std::printf("{\"what\": \"%s\", \"count\": %zu, \"median_ms\": %.1f, \"p95_ms\": %.1f, "
                "\"p99_ms\": %.1f, \"max_ms\": %.1f}\n",
                what, values.size(), quantile(values, 0.5), quantile(values, 0.95),
                quantile(values, 0.99), quantile(values, 1));
    std::fflush(stdout);
}

/// Sleeps between events, as the program does: a thread that asks all the time would take the processor
/// from the engine.
bool waitFor(const std::function<bool()>& condition, int milliseconds = 120000) {
    QElapsedTimer timer;
    timer.start();
    QTimer tick;
    tick.setTimerType(Qt::PreciseTimer);
    tick.start(1);
    while (!condition()) {
        if (timer.elapsed() > milliseconds) return false;
        QCoreApplication::processEvents(QEventLoop::AllEvents | QEventLoop::WaitForMoreEvents);
    }
    return true;
}

void pause(int milliseconds) {
    QElapsedTimer timer;
    timer.start();
    waitFor([&] { return timer.elapsed() >= milliseconds; });
}

/// Tells when a widget has been painted and its window's surface has been handed on.
class PaintWatch : public QObject {
public:
    explicit PaintWatch(QWidget* widget) : widget_(widget) {
        widget->installEventFilter(this);
        widget->window()->installEventFilter(this);
    }

    bool isPainted = false;
    double handedOn = 0;

protected:
    bool eventFilter(QObject* object, QEvent* event) override {
        if (object == widget_ && event->type() == QEvent::Paint) isPainted = true;
        if (event->type() == QEvent::UpdateRequest && object == widget_->window()) {
            // The window paints and flushes while it handles this event.
            object->removeEventFilter(this);
            QCoreApplication::sendEvent(object, event);
            object->installEventFilter(this);
            if (isPainted) handedOn = now();
            return true;
        }
        return false;
    }

private:
    QWidget* widget_;
};

studio::Options optionsOf(const QString& data) {
    studio::Options options;
    options.places = studio::findPlaces(data);
    return options;
}

ui::PromptEdit* promptOf(ui::Desktop& desktop) {
    return desktop.window()->panel()->prompt()->edit();
}

/// The child's part: `began` is the parent's clock right before it started this process.
int measureStart(const QString& data, double began) {
    ui::Desktop desktop(optionsOf(data));
    desktop.show();
    auto* edit = promptOf(desktop);
    PaintWatch watch(edit->viewport());
    waitFor([&] { return watch.handedOn > 0; });
    const double painted = now() - began;
    watch.isPainted = false;
    watch.handedOn = 0;
    QCoreApplication::postEvent(edit, new QKeyEvent(QEvent::KeyPress, Qt::Key_X, {}, QStringLiteral("x")));
    waitFor([&] { return watch.handedOn > 0 && edit->toPlainText().contains(QLatin1Char('x')); });
    std::printf("%.1f %.1f\n", painted, now() - began);
    std::fflush(stdout);
    // Enough is known; the engine's start is not waited for.
    std::_Exit(0);
}

void reportStarts(int times) {
    Milliseconds shown, typed;
    for (int i = 0; i <= times; ++i) {
        QTemporaryDir data;
        QProcess child;
        child.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        child.start(QCoreApplication::applicationFilePath(),
                    {QStringLiteral("--start"), data.path(), QString::number(now(), 'f', 3)});
        child.waitForFinished(30000);
        const auto words = child.readAllStandardOutput().split(' ');
        if (i == 0 || words.size() != 2) continue;  // the first one reads the files from the disk
        shown.push_back(words[0].toDouble());
        typed.push_back(words[1].toDouble());
    }
    report("start to first paint", shown);
    report("start to a typed letter painted", typed);
}

class Session {
public:
    Session() : desktop_(optionsOf(folder_.path())) {
        desktop_.setLanguage(QStringLiteral("en"));
        desktop_.window()->resize(1600, 1000);
        desktop_.show();
        bench().request().set(&Request::prompt, std::string("red apple, 3d"));
        waitFor([&] { return bench().facts().state() == ui::EngineFacts::State::ready; });
    }

    ui::Workbench& bench() { return desktop_.workbench(); }

    ui::Desktop& desktop() { return desktop_; }

    void begin(int steps) {
        bench().request().set(&Request::steps, steps);
        bench().request().set(&Request::count, 64);
        bench().generate();
        if (!waitFor([&] { return bench().run() && bench().run()->progress.step > 3; })) std::exit(1);
    }

    void end() {
        bench().studio().cancelAll();
        waitFor([&] { return !bench().run(); });
    }

private:
    QTemporaryDir folder_;
    ui::Desktop desktop_;
};

/// Pans and zooms the picture at 60 frames a second: from the moment when a frame is due to the moment
/// when it is handed on.
void reportFrames(Session& session, int count) {
    session.begin(1000);
    auto* view = session.desktop().window()->stage()->view();
    view->setZoom(4);
    PaintWatch watch(view);
    Milliseconds frames;
    const double period = 1000.0 / 60;
    double due = now() + period;
    for (int i = 0; i < count; ++i) {
        waitFor([&] { return now() >= due; });
        watch.isPainted = false;
        watch.handedOn = 0;
        view->setZoom(4 + 2 * std::sin(i / 20.0));
        waitFor([&] { return watch.handedOn > 0; });
        frames.push_back(watch.handedOn - due);
        due = std::max(due + period, now());
    }
    report("frame while generating (zoom at 60 Hz)", frames);
    session.end();
}

void reportTyping(Session& session, int count) {
    session.begin(1000);
    auto* edit = promptOf(session.desktop());
    edit->setFocus();
    PaintWatch watch(edit->viewport());
    Milliseconds times;
    std::mt19937 generator(7);
    for (int i = 0; i < count; ++i) {
        pause(20 + int(generator() % 80));
        watch.isPainted = false;
        watch.handedOn = 0;
        const double pressed = now();
        QCoreApplication::postEvent(edit, new QKeyEvent(QEvent::KeyPress, Qt::Key_A, {}, QStringLiteral("a")));
        waitFor([&] { return watch.handedOn > 0; });
        times.push_back(watch.handedOn - pressed);
        if (edit->toPlainText().size() > 60) edit->clear();
    }
    report("input to paint while generating", times);
    session.bench().request().set(&Request::prompt, std::string("red apple, 3d"));
    session.end();
}

void reportCancel(Session& session, int times) {
    Milliseconds ends, steps;
    for (int i = 0; i < times; ++i) {
        session.begin(400);
        waitFor([&] { return session.bench().run()->progress.step > 12 + i % 10; });
        steps.push_back(session.bench().run()->progress.seconds_per_step * 1e3);
        const double pressed = now();
        session.bench().cancelRun();
        waitFor([&] { return !session.bench().run(); });
        ends.push_back(now() - pressed);
    }
    report("cancel to idle", ends);
    report("one step (for the line above)", steps);
}

/// Milliseconds per step of a run of this many steps.
double stepTime(Session& session, const QString& previews, int steps) {
    session.bench().studio().settings().set(&settings::Values::previews, previews);
    pause(300);
    session.bench().request().set(&Request::steps, steps);
    session.bench().request().set(&Request::count, 1);
    session.bench().generate();
    if (!waitFor([&] { return session.bench().run() && session.bench().run()->progress.step >= 10; }))
        std::exit(1);
    const double from = now();
    const int first = session.bench().run()->progress.step;
    int last = first;
    waitFor([&] {
        if (session.bench().run()) last = std::max(last, session.bench().run()->progress.step);
        return last >= steps - 2 || !session.bench().run();
    });
    const double took = now() - from;
    session.end();
    return took / std::max(1, last - first);
}

void reportPreviews(Session& session, int times) {
    Milliseconds with, without;
    for (int i = 0; i < times; ++i) {
        with.push_back(stepTime(session, QStringLiteral("fast"), 600));
        without.push_back(stepTime(session, QStringLiteral("off"), 600));
    }
    report("step with previews", with);
    report("step without previews", without);
    const double cost = quantile(with, 0.5) / quantile(without, 0.5) - 1;
    std::printf("{\"what\": \"preview cost\", \"share_of_step\": %.4f}\n", cost);
}

}  // namespace

int main(int argc, char** argv) {
    const QStringList arguments(argv + 1, argv + argc);
    QApplication application(argc, argv);
    ui::dressApplication();
    if (arguments.value(0) == QLatin1String("--start"))
        return measureStart(arguments.value(1), arguments.value(2).toDouble());
    const auto wants = [&](const char* part) {
        return arguments.isEmpty() || arguments.contains(QLatin1String(part));
    };
    if (wants("start")) reportStarts(10);
    Session session;
    if (wants("frames")) reportFrames(session, 900);
    if (wants("typing")) reportTyping(session, 300);
    if (wants("cancel")) reportCancel(session, 30);
    if (wants("previews")) reportPreviews(session, 7);
    return 0;
}
