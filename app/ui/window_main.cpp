#include "app/ui/window_main.h"

#include "app/studio/places.h"
#include "app/ui/desktop.h"
#include "diffusion/error.h"

#include <QApplication>
#include <QMessageBox>

#include <cstdio>

namespace ui {
namespace {

constexpr int exitTrouble = 1;

void say(const QString& sentence) {
    std::fprintf(stderr, "atelier: %s\n", qPrintable(sentence));
}

}  // namespace

int runWindow(int& argc, char** argv, const WindowOptions& windowOptions) {
    QApplication application(argc, argv);
    QApplication::setApplicationName(QStringLiteral("Atelier"));
    QApplication::setDesktopFileName(QStringLiteral("atelier"));

    dressApplication();
    studio::Options options;
    options.places = studio::findPlaces(windowOptions.dataFolder);
    const QString data = options.places.data;
    try {
        Desktop desktop(std::move(options));
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
