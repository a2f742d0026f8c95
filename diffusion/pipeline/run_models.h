#pragma once

// The models of one request, run as its measures say. Afterwards they are as they were.

#include <memory>

#include "diffusion/pipeline/memory_ladder.h"
#include "diffusion/pipeline/models.h"

namespace diffusion::pipeline {

class RunModels {
public:
    RunModels(const Models& models, const Measures& measures);
    ~RunModels();
    RunModels(const RunModels&) = delete;
    RunModels& operator=(const RunModels&) = delete;

    Models& models() { return models_; }

private:
    void stream(bool streams) const;

    Models models_;
};

}  // namespace diffusion::pipeline
