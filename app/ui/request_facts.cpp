#include "app/ui/request_facts.h"

#include "app/codec/request_check.h"
#include "app/codec/text.h"

#include <QPointer>

#include <memory>

namespace ui {
namespace {

constexpr int askDelay = 30;  // milliseconds after the last edit

/// What the answer depends on: a word more in the prompt changes neither memory nor levels.
diffusion::GenerationRequest askedOf(diffusion::GenerationRequest request) {
    request.prompt = request.prompt.empty() ? "" : "x";
    request.negative_prompt = request.negative_prompt.empty() ? "" : "x";
    request.prompt_2.clear();
    request.negative_prompt_2.clear();
    if (request.seed < 0) request.seed = 0;
    if (request.variation_seed < 0) request.variation_seed = 0;
    return request;
}

}  // namespace

struct RequestFacts::Answer {
    std::optional<diffusion::Plan> plan;
    std::vector<double> sigmas;
};

RequestFacts::RequestFacts(studio::Studio& studio, RequestModel& model, QObject* parent)
    : QObject(parent), studio_(studio), model_(model) {
    soon_.setSingleShot(true);
    soon_.setInterval(askDelay);
    connect(&soon_, &QTimer::timeout, this, &RequestFacts::ask);
    connect(&model_, &RequestModel::changed, this, &RequestFacts::edited);
}

void RequestFacts::start() {
    isStarted_ = true;
    askAgain();
}

void RequestFacts::askAgain() {
    if (!isStarted_) return;
    asked_ = {};
    asked_.steps = 0;  // no request that can be asked for
    edited();
}

void RequestFacts::edited() {
    const bool isKnown = askedOf(model_.request()) == asked_;
    if (!isStarted_ || isKnown) return;
    if (isCurrent_) {
        isCurrent_ = false;
        Q_EMIT changed();
    }
    soon_.start();
}

void RequestFacts::ask() {
    if (isAsking_) return;
    asked_ = askedOf(model_.request());
    const auto answer = std::make_shared<Answer>();
    if (const auto fault = codec::findFault(asked_)) return take(*answer, *fault);
    isAsking_ = true;
    studio_.runner().callSoon(
        [answer, request = asked_](diffusion::Engine& engine) {
            answer->sigmas = engine.sigmas(request);
            answer->plan = engine.plan(request);
        },
        [self = QPointer(this), answer](const std::optional<diffusion::Error>& trouble) {
            if (!self) return;
            self->isAsking_ = false;
            self->take(*answer, trouble);
        });
}

void RequestFacts::take(const Answer& answer, const std::optional<diffusion::Error>& trouble) {
    plan_ = answer.plan;
    sigmas_ = answer.sigmas;
    refusal_ = trouble ? codec::fromUtf8(trouble->what()) : QString();
    isCurrent_ = askedOf(model_.request()) == asked_;
    Q_EMIT changed();
    if (!isCurrent_) soon_.start();
}

}  // namespace ui
