#pragma once

// Sampler, schedule, steps, CFG and seed. The two lists fill when the engine has loaded.

#include "app/ui/engine_facts.h"
#include "app/ui/request_facts.h"
#include "app/ui/request_model.h"

#include <QLineEdit>
#include <QWidget>

class QComboBox;
class QToolButton;

namespace ui {

class SigmaPlot;

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

    /// Shows the noise levels that the engine tells.
    void follow(const RequestFacts& answers);

    SigmaPlot* plot() const { return plot_; }

    /// The field for levels that the user types instead of a schedule's name.
    QLineEdit* ownLevels() const { return ownLevels_; }

    /// True where the schedule is a list of numbers.
    static bool isList(const std::string& schedule);

    /// "DPM++ 2M · 20 · 7.0".
    static QString summary(const diffusion::GenerationRequest& request);

private:
    void fillLists();
    void buildLevels();
    void refresh();
    void typeLevels();

    RequestModel& model_;
    const EngineFacts& facts_;
    QComboBox* sampler_;
    QComboBox* schedule_;
    SigmaPlot* plot_;
    QToolButton* type_;
    QLineEdit* ownLevels_;
};

}  // namespace ui
