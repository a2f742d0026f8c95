#include "app/ui/scale.h"

#include "app/settings/settings.h"
#include "app/ui/main_window.h"

#include <QByteArray>
#include <QtGlobal>

#include <algorithm>

namespace ui {
namespace {

constexpr const char* variable = "QT_SCALE_FACTOR";
constexpr int step = 10;  // percent

int inUse = 100;
bool isOurs = false;

}  // namespace

void askScale(int percent) {
    if (percent == 100 || qEnvironmentVariableIsSet(variable)) return;
    qputenv(variable, QByteArray::number(percent / 100.0));
    inUse = percent;
    isOurs = true;
}

void forgetAskedScale() {
    if (isOurs) qunsetenv(variable);
    isOurs = false;
}

int scaleInUse() {
    return inUse;
}

int largestFittingScale(const QSize& available) {
    const double room = std::min(double(available.width()) / smallestWindow.width(),
                                 double(available.height()) / smallestWindow.height());
    const int fitting = int(room * inUse + 1e-6) / step * step;
    return std::clamp(fitting, 100, settings::largestScale);
}

}  // namespace ui
