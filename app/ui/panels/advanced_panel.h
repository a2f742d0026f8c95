#pragma once

// What most people never change.

#include <QWidget>

#include "app/ui/request_model.h"

namespace ui {

class AdvancedPanel : public QWidget {
    Q_OBJECT

public:
    explicit AdvancedPanel(RequestModel& model);

    /// The values that differ from their defaults; empty when none does.
    static QString summary(const diffusion::GenerationRequest& request);
};

}  // namespace ui
