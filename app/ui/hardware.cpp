#include "app/ui/hardware.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QStringList>
#include <QThread>

#include <cmath>
#include <unistd.h>

namespace ui {
namespace {

constexpr double gigabyte = 1e9;

/// The driver has a text per card with a line "Model:".
QString nvidiaModel(const QString& folder) {
    for (const auto& card : QDir(folder).entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        QFile file(folder + QLatin1Char('/') + card + QStringLiteral("/information"));
        if (!file.open(QIODevice::ReadOnly)) continue;
        for (const auto& line : QString::fromUtf8(file.readAll()).split(QLatin1Char('\n')))
            if (line.startsWith(QLatin1String("Model:"))) return line.section(QLatin1Char(':'), 1).trimmed();
    }
    return {};
}

}  // namespace

Hardware readHardware() {
    Hardware hardware;
    hardware.cores = QThread::idealThreadCount();
    hardware.memory = std::int64_t(sysconf(_SC_PHYS_PAGES)) * sysconf(_SC_PAGESIZE);
    hardware.gpu = nvidiaModel(QStringLiteral("/proc/driver/nvidia/gpus"));
    return hardware;
}

QString wordsOf(const Hardware& hardware) {
    const auto say = [](const char* text) { return QCoreApplication::translate("hardware", text); };
    const QStringList parts{
        QCoreApplication::translate("hardware", "%n core(s)", nullptr, hardware.cores),
        QCoreApplication::translate("hardware", "%1 GB of memory")
            .arg(std::lround(double(hardware.memory) / gigabyte)),
        hardware.gpu.isEmpty() ? say(QT_TRANSLATE_NOOP("hardware", "no NVIDIA GPU")) : hardware.gpu};
    return parts.join(QStringLiteral(" · "));
}

}  // namespace ui
