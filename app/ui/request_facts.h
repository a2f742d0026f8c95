#pragma once

// What the engine says of the request as it stands: what it will take and which noise levels it
// walks. Asked on the engine's thread shortly after each edit; while a picture is made the answer
// comes at the end of a step, and isCurrent says whether it is there.

#include "app/studio/studio.h"
#include "app/ui/request_model.h"
#include "diffusion/plan.h"

#include <QObject>
#include <QTimer>

#include <optional>
#include <vector>

namespace ui {

class RequestFacts : public QObject {
    Q_OBJECT

public:
    RequestFacts(studio::Studio& studio, RequestModel& model, QObject* parent = nullptr);

    /// Asks from now on; called when the engine is there.
    void start();
    /// Asks again: something else than the request has changed.
    void askAgain();

    /// Of the last answer; none where the engine could not tell.
    const std::optional<diffusion::Plan>& plan() const { return plan_; }

    const std::vector<double>& sigmas() const { return sigmas_; }

    /// Why the engine could not tell; empty when it could.
    const QString& refusal() const { return refusal_; }

    /// The answer belongs to the request as it stands.
    bool isCurrent() const { return isCurrent_; }

Q_SIGNALS:
    void changed();

private:
    struct Answer;

    void edited();
    void ask();
    void take(const Answer& answer, const std::optional<diffusion::Error>& trouble);

    studio::Studio& studio_;
    RequestModel& model_;
    QTimer soon_;
    bool isStarted_ = false;
    bool isAsking_ = false;
    bool isCurrent_ = false;
    diffusion::GenerationRequest asked_;
    std::optional<diffusion::Plan> plan_;
    std::vector<double> sigmas_;
    QString refusal_;
};

}  // namespace ui
