#pragma once

// Above the picture: its name, its zoom, and how it is looked at.

#include "app/ui/actions.h"

#include <QWidget>

class QLabel;
class QToolButton;

namespace ui {

class StageBar : public QWidget {
    Q_OBJECT

public:
    explicit StageBar(const Actions& actions);

    void setName(const QString& name);
    /// Screen pixels per picture pixel.
    void setZoom(double zoom);

private:
    QLabel* name_;
    QToolButton* zoom_;
};

}  // namespace ui
