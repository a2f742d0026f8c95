#pragma once

// The loss of a training over its steps, drawn as it comes.

#include "app/ui/training/training_report.h"

#include <QWidget>

namespace ui {

class LossPlot : public QWidget {
    Q_OBJECT

public:
    LossPlot();

    /// steps: at which the training ends; 0: it has no end.
    void setCurve(const QList<LossPoint>& curve, qint64 steps);

    const QList<LossPoint>& curve() const { return curve_; }

    /// Of a point in the widget.
    QPointF placeOf(const LossPoint& point) const;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QRectF field() const;
    void paintScale(QPainter* painter) const;

    QList<LossPoint> curve_;
    qint64 steps_ = 0;
    double low_ = 0;
    double high_ = 1;
};

}  // namespace ui
