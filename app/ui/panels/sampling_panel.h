#pragma once

// Sampler, schedule, steps, CFG and seed. The two lists fill when the engine has loaded.

#include "app/ui/engine_facts.h"
#include "app/ui/request_model.h"

#include <QLineEdit>
#include <QWidget>

class QComboBox;
class QToolButton;

namespace ui {

/// The seed: a number that is kept, or none and a new one for every job. An empty field shows the
/// last number that was drawn.
class SeedRow : public QWidget {
    Q_OBJECT

public:
    explicit SeedRow(RequestModel& model);

private:
    void refresh();
    void setSeed(std::int64_t seed);

    RequestModel& model_;
    QLineEdit* number_;
    QToolButton* dice_;
    QToolButton* lock_;
};

class SamplingPanel : public QWidget {
    Q_OBJECT

public:
    SamplingPanel(RequestModel& model, const EngineFacts& facts);

    /// "DPM++ 2M · 20 · 7.0".
    static QString summary(const diffusion::GenerationRequest& request);

private:
    void fillLists();

    const EngineFacts& facts_;
    QComboBox* sampler_;
    QComboBox* schedule_;
};

}  // namespace ui
