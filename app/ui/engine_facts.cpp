#include "app/ui/engine_facts.h"

namespace ui {

EngineFacts::EngineFacts(QObject* parent) : QObject(parent) {}

void EngineFacts::setReady(const QList<diffusion::NamedChoice>& samplers,
                           const QList<diffusion::NamedChoice>& schedules) {
    state_ = State::ready;
    samplers_ = samplers;
    schedules_ = schedules;
    Q_EMIT changed();
}

void EngineFacts::setFailed(const QString& message) {
    state_ = State::failed;
    trouble_ = message;
    Q_EMIT changed();
}

void EngineFacts::setModel(const diffusion::ModelInfo& info) {
    model_ = info;
    trouble_.clear();
    Q_EMIT changed();
}

void EngineFacts::setModelRefused(const QString& message) {
    model_.reset();
    trouble_ = message;
    Q_EMIT changed();
}

void EngineFacts::forgetModel() {
    model_.reset();
    if (state_ != State::failed) trouble_.clear();
    Q_EMIT changed();
}

}  // namespace ui
