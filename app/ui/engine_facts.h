#pragma once

// What the window knows of the engine and of the chosen model, observable. It is empty until the
// engine has loaded; panels show what the request holds until then.

#include "diffusion/engine.h"

#include <QList>
#include <QObject>
#include <QString>

#include <optional>

namespace ui {

class EngineFacts : public QObject {
    Q_OBJECT

public:
    enum class State { loading, ready, failed };

    explicit EngineFacts(QObject* parent = nullptr);

    State state() const { return state_; }

    const QList<diffusion::NamedChoice>& samplers() const { return samplers_; }

    const QList<diffusion::NamedChoice>& schedules() const { return schedules_; }

    /// The model of the request, once its header was read.
    const std::optional<diffusion::ModelInfo>& model() const { return model_; }

    /// Why the engine or the model can't be used; empty when nothing is wrong.
    const QString& trouble() const { return trouble_; }

    /// Seconds from the start of the program to the engine's readiness; negative before.

    void setReady(const QList<diffusion::NamedChoice>& samplers,
                  const QList<diffusion::NamedChoice>& schedules);
    void setFailed(const QString& message);
    void setModel(const diffusion::ModelInfo& info);
    void setModelRefused(const QString& message);
    /// Another model was chosen: nothing is known of it yet.
    void forgetModel();

Q_SIGNALS:
    void changed();

private:
    State state_ = State::loading;
    QList<diffusion::NamedChoice> samplers_;
    QList<diffusion::NamedChoice> schedules_;
    std::optional<diffusion::ModelInfo> model_;
    QString trouble_;
};

}  // namespace ui
