#pragma once

// A field for numbers of any size, from 0.0000001 up, shown as short as they can be.

#include <QDoubleSpinBox>

namespace ui {

class NumberBox : public QDoubleSpinBox {
    Q_OBJECT

public:
    NumberBox(double low, double high, const QString& name);

    QString textFromValue(double value) const override;
    double valueFromText(const QString& text) const override;
    QValidator::State validate(QString& text, int& place) const override;
    /// By a tenth of the number's own size.
    void stepBy(int steps) override;
};

}  // namespace ui
