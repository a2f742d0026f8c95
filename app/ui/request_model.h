#pragma once

// The request that the window edits, observable. Panels hold no copy of a value: they show
// request() on changed() and write through set().

#include "diffusion/request.h"

#include <QObject>

namespace ui {

class RequestModel : public QObject {
    Q_OBJECT

public:
    explicit RequestModel(QObject* parent = nullptr);

    const diffusion::GenerationRequest& request() const { return request_; }

    /// Replaces the whole value; one changed() at most.
    void setRequest(const diffusion::GenerationRequest& request);

    /// Changes one field; changed() follows when it is another value.
    template <typename Value>
    void set(Value diffusion::GenerationRequest::*field, const Value& value) {
        auto request = request_;
        request.*field = value;
        setRequest(request);
    }

    /// The seed of the last picture that was asked for, to lock it afterwards; negative before one.
    std::int64_t lastSeed() const { return lastSeed_; }

    void setLastSeed(std::int64_t seed);

Q_SIGNALS:
    void changed();

private:
    diffusion::GenerationRequest request_;
    std::int64_t lastSeed_ = -1;
};

/// A new seed for a picture, 0 ... 2^32 - 1, as other programs draw them.
std::int64_t drawSeed();

}  // namespace ui
