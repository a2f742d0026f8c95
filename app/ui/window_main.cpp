#include "app/ui/window_main.h"

#include "app/settings/settings.h"
#include "app/studio/network_guard.h"
#include "app/studio/places.h"
#include "app/ui/desktop.h"
#include "app/ui/scale.h"
#include "diffusion/error.h"

#include <QApplication>
#include <QFile>
#include <QMessageBox>
#include <QProcess>

#include <cstdio>

namespace ui {
namespace {

constexpr int exitTrouble = 1;

/// The display is connected by now, and nothing else has begun.
void goOffline() {
    // The GPU's driver makes a device file at first use by a program with more rights, which no
    // program of a process that gave up more rights can have.
    if (QFile::exists(QStringLiteral("/proc/driver/nvidia")) &&
        !QFile::exists(QStringLiteral("/dev/nvidia-uvm")))
        QProcess::execute(QStringLiteral("nvidia-modprobe"), {QStringLiteral("-u"), QStringLiteral("-c"), QStringLiteral("0")});
    studio::refuseNetwork();
}

void say(const QString& sentence) {
    std::fprintf(stderr, "atelier: %s\n", qPrintable(sentence));
}

}  // namespace

int runWindow(int& argc, char** argv, const WindowOptions& windowOptions) {
    {
        const settings::Settings early(studio::dataFolder(windowOptions.dataFolder) +
                                       QStringLiteral("/settings.json"));
        askScale(early.values().scale);
    }
    QApplication application(argc, argv);
    forgetAskedScale();
    QApplication::setApplicationName(QStringLiteral("Atelier"));
    QApplication::setDesktopFileName(QStringLiteral("atelier"));

    dressApplication();
    studio::Options options;
    options.places = studio::findPlaces(windowOptions.dataFolder);
    const QString data = options.places.data;
    try {
        Desktop desktop(std::move(options));
        if (desktop.studio().settings().values().isOffline) goOffline();
        desktop.show();
        return QApplication::exec();
    } catch (const diffusion::Error& error) {
        // The folder belongs to a window that is open: that one comes to the front.
        if (SingleWindow::askOther(data)) return 0;
        say(QString::fromUtf8(error.what()));
        QMessageBox::critical(nullptr, QStringLiteral("Atelier"), QString::fromUtf8(error.what()));
        return exitTrouble;
    }
}

}  // namespace ui
