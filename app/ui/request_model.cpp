#include "app/ui/request_model.h"

#include <QRandomGenerator>

namespace ui {

RequestModel::RequestModel(QObject* parent) : QObject(parent) {}

void RequestModel::setRequest(const diffusion::GenerationRequest& request) {
    if (request == request_) return;
    request_ = request;
    Q_EMIT changed();
}

void RequestModel::setLastSeed(std::int64_t seed) {
    if (seed == lastSeed_) return;
    lastSeed_ = seed;
    Q_EMIT changed();
}

std::int64_t drawSeed() {
    return std::int64_t(QRandomGenerator::global()->generate());
}

}  // namespace ui
