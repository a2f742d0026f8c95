#pragma once

// The noise levels of the chosen schedule, small: one dot per step, from noise to picture.

#include <QWidget>

#include <vector>

namespace ui {

class SigmaPlot : public QWidget {
    Q_OBJECT

public:
    SigmaPlot();

    /// Descending; empty while nobody knows them.
    void setSigmas(const std::vector<double>& sigmas);

    const std::vector<double>& sigmas() const { return sigmas_; }

    /// Of a step's dot in the widget; levels are drawn on a logarithmic scale, 0 at the foot.
    QPointF placeOf(int step) const;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    std::vector<double> sigmas_;
};

}  // namespace ui
