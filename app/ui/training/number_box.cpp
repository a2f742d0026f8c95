#include "app/ui/training/number_box.h"

#include "app/ui/pieces.h"

#include <algorithm>
#include <cmath>

namespace ui {

NumberBox::NumberBox(double low, double high, const QString& name) {
    dressNumber(this, name);
    setDecimals(10);
    setRange(low, high);
    setKeyboardTracking(false);  // the value counts when it is complete
}

QString NumberBox::textFromValue(double value) const {
    return QString::number(value, 'g', 6);
}

double NumberBox::valueFromText(const QString& text) const {
    return text.trimmed().toDouble();
}

QValidator::State NumberBox::validate(QString& text, int&) const {
    bool isNumber = false;
    const double value = text.trimmed().toDouble(&isNumber);
    return isNumber && value >= minimum() && value <= maximum() ? QValidator::Acceptable
                                                                : QValidator::Intermediate;
}

void NumberBox::stepBy(int steps) {
    const double now = value();
    const double size = now > 0 ? std::pow(10, std::floor(std::log10(now) + 1e-9)) : 0.1;
    setValue(std::clamp(now + steps * size, minimum(), maximum()));
}

}  // namespace ui
