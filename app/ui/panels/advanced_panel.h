#pragma once

// What most people never change.

#include "app/ui/request_model.h"

#include <QWidget>

namespace ui {

class AdvancedPanel : public QWidget {
    Q_OBJECT

public:
    explicit AdvancedPanel(RequestModel& model);

    /// The values that differ from their defaults; empty when none does.
    static QString summary(const diffusion::GenerationRequest& request);
};

}  // namespace ui
