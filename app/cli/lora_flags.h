#pragma once

#include "diffusion/training_request.h"

#include <CLI/CLI.hpp>

namespace cli {

/// What `atelier train lora` understands.
struct LoraFlags {
    explicit LoraFlags(CLI::App& parser);

    /// The request, with the work folder beside the output where none was named.
    diffusion::TrainRequest completed() const;

    diffusion::TrainRequest request;
    bool isJson = false;
};

}  // namespace cli
