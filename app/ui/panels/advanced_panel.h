#pragma once

// What most people never change.

#include "app/ui/request_model.h"

#include <QWidget>

namespace library {
class ModelLibrary;
}

namespace ui {

class AdvancedPanel : public QWidget {
    Q_OBJECT

public:
    AdvancedPanel(RequestModel& model, const library::ModelLibrary& models);

    /// The values that differ from their defaults; empty when none does.
    static QString summary(const diffusion::GenerationRequest& request);
};

}  // namespace ui
